using System.Runtime.InteropServices;
using NetVips;

namespace Maskwright.Formats.Images;

/// <summary>Brings samples that are neither 8-bit nor, by default, unsigned 16-bit into 8 bits.</summary>
internal static class WideSamples
{
    /// <summary>Whether an image needs this step.</summary>
    public static bool Applies(Image image, SampleScaling scaling) => image.Format switch
    {
        Enums.BandFormat.Uchar => false,
        Enums.BandFormat.Ushort => scaling == SampleScaling.MinMax,
        _ => !IsColourSpaceOfItsOwn(image.Interpretation),
    };

    /// <summary>Scales all samples to 8 bit; the caller disposes the result.</summary>
    public static Image ToBytes(Image image, string name, SampleScaling scaling, CancellationToken cancellationToken)
    {
        if (image.Format is Enums.BandFormat.Complex or Enums.BandFormat.Dpcomplex)
        {
            throw new UnsupportedFormatException(name, "has complex samples; images have real ones");
        }

        var bands = image.Bands > 1 && image.HasAlpha() ? image.Bands - 1 : image.Bands; // Alpha has another range than colour.
        using var colours = image.ExtractBand(0, n: bands >= 3 ? 3 : 1);
        using var singles = colours.Cast(Enums.BandFormat.Float);
        var samples = ReadSingles(singles, cancellationToken);
        var (low, high) = Range(image.Format, samples, name, scaling);
        return Image.NewFromMemory(Scale(samples, low, high), image.Width, image.Height, bands >= 3 ? 3 : 1, Enums.BandFormat.Uchar);
    }

    private static bool IsColourSpaceOfItsOwn(Enums.Interpretation interpretation) => interpretation
        is Enums.Interpretation.Lab or Enums.Interpretation.Labs or Enums.Interpretation.Xyz or Enums.Interpretation.Scrgb;

    private static float[] ReadSingles(Image image, CancellationToken cancellationToken)
    {
        var samples = new float[(long)image.Width * image.Height * image.Bands];
        var stride = image.Width * image.Bands;
        PixelRows.ForEach(image, (y, row) => MemoryMarshal.Cast<byte, float>(row.Span).CopyTo(samples.AsSpan(checked(y * stride))), cancellationToken);
        return samples;
    }

    private static (float Low, float High) Range(Enums.BandFormat format, float[] samples, string name, SampleScaling scaling)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var sample in samples)
        {
            if (float.IsFinite(sample))
            {
                (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
            }
        }

        if (low > high)
        {
            throw new InvalidImageException(name, "has no finite sample");
        }

        return (scaling, format) switch
        {
            (SampleScaling.MinMax, _) => (low, high),
            (_, Enums.BandFormat.Uint) => (0, uint.MaxValue),
            (_, Enums.BandFormat.Float or Enums.BandFormat.Double) when low >= 0 && high <= 1 => (0, 1),
            _ => throw new InvalidImageException(
                name, $"has {(format is Enums.BandFormat.Float or Enums.BandFormat.Double ? "floating-point" : "signed")} samples from {low:g6} to {high:g6}, "
                + "and nothing says which are black and white; ask for min-max scaling"),
        };
    }

    // NaN and minus infinity become black, plus infinity white.
    private static byte[] Scale(float[] samples, float low, float high)
    {
        var factor = high > low ? 255.0 / ((double)high - low) : 0;
        var bytes = new byte[samples.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = ((double)samples[i] - low) * factor;
            bytes[i] = double.IsNaN(value) ? (byte)0 : (byte)Math.Clamp(Math.Round(value), 0, 255);
        }

        return bytes;
    }
}
