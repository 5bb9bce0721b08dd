using NetVips;

namespace Maskwright.Formats.Images;

/// <summary>Conversion from an embedded ICC profile to sRGB.</summary>
internal static class ColourProfile
{
    private const string Field = "icc-profile-data";
    private const int Steps = 9; // Grid points along each channel of the probe.
    private const int LargestUnseenChange = 2;

    /// <summary>Whether the embedded profile, if any, can be used and is more than another sRGB.</summary>
    public static bool ChangesColours(Image image)
    {
        if (!image.Contains(Field) || !IsTransformable(image) || !LooksLikeProfile((byte[])image.Get(Field)))
        {
            return false;
        }

        var inks = image.Interpretation == Enums.Interpretation.Cmyk ? 4 : image.Bands < 3 ? 1 : 3;
        try
        {
            var grid = Grid(inks);
            using var probe = Probe(image, grid, inks);
            using var moved = ToSrgb(probe);
            return inks == 4 || LargestChange(grid, inks, moved.WriteToMemory<byte>(), moved.Bands) > LargestUnseenChange;
        }
        catch (VipsException)
        {
            return false; // A damaged profile, or one for another kind of image: every viewer shows such pixels as they are.
        }
    }

    /// <summary>Converts by the embedded profile, relative colorimetric; alpha is kept. The caller disposes.</summary>
    public static Image ToSrgb(Image image) => image.IccTransform("srgb", embedded: true, intent: Enums.Intent.Relative, depth: 8);

    // ICC.1:2022, 7.2: a header of 128 bytes with a signature at byte 36.
    private static bool LooksLikeProfile(byte[] profile) => profile.Length > 128 && profile.AsSpan(36, 4).SequenceEqual("acsp"u8);

    private static bool IsTransformable(Image image) => image.Format is Enums.BandFormat.Uchar or Enums.BandFormat.Ushort
        && image.Interpretation is Enums.Interpretation.Srgb or Enums.Interpretation.Rgb or Enums.Interpretation.Rgb16 or Enums.Interpretation.Bw
            or Enums.Interpretation.Grey16 or Enums.Interpretation.Cmyk;

    private static byte[] Grid(int channels)
    {
        var count = (int)Math.Pow(Steps, channels);
        var samples = new byte[count * channels];
        for (var i = 0; i < count; i++)
        {
            for (int channel = 0, rest = i; channel < channels; channel++, rest /= Steps)
            {
                samples[(i * channels) + channel] = (byte)(rest % Steps * 255 / (Steps - 1));
            }
        }

        return samples;
    }

    private static Image Probe(Image image, byte[] grid, int channels)
    {
        using var plain = Image.NewFromMemory(grid, grid.Length / channels, 1, channels, Enums.BandFormat.Uchar);
        using var named = plain.Copy(interpretation: channels switch
        {
            1 => Enums.Interpretation.Bw,
            3 => Enums.Interpretation.Srgb,
            _ => Enums.Interpretation.Cmyk,
        });
        return named.Mutate(probe => probe.Set(GValue.BlobType, Field, (byte[])image.Get(Field)));
    }

    private static int LargestChange(byte[] before, int channels, byte[] after, int channelsAfter)
    {
        var largest = 0;
        for (var i = 0; i < before.Length / channels; i++)
        {
            for (var c = 0; c < 3; c++)
            {
                var old = before[(i * channels) + Math.Min(c, channels - 1)];
                largest = Math.Max(largest, Math.Abs(old - after[(i * channelsAfter) + Math.Min(c, channelsAfter - 1)]));
            }
        }

        return largest;
    }
}
