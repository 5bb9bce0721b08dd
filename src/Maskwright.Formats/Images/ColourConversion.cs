using NetVips;

namespace Maskwright.Formats.Images;

/// <summary>Turns decoded pixels of any kind into 8-bit sRGB.</summary>
internal static class ColourConversion
{
    /// <summary>Decodes an opened image, top to bottom.</summary>
    /// <returns>[H,W,3], not yet turned upright.</returns>
    public static byte[] ToRgb(Image image, string name, ImageReadOptions options, CancellationToken cancellationToken)
    {
        using var scaled = WideSamples.Applies(image, options.Scaling) ? WideSamples.ToBytes(image, name, options.Scaling, cancellationToken) : null;
        using var toned = ToSrgb(scaled ?? image, options.ApplyColourProfile);
        using var opaque = options.Background is { } background && (toned ?? scaled ?? image).HasAlpha()
            ? Flatten(toned ?? scaled ?? image, background)
            : null;
        return PixelRows.ToRgb(opaque ?? toned ?? scaled ?? image, cancellationToken);
    }

    // Null where the pixels are sRGB, grey or plain CMYK already.
    private static Image? ToSrgb(Image image, bool applyProfile)
    {
        if (applyProfile && ColourProfile.ChangesColours(image))
        {
            return ColourProfile.ToSrgb(image);
        }

        return image.Interpretation is Enums.Interpretation.Lab or Enums.Interpretation.Labs or Enums.Interpretation.Labq or Enums.Interpretation.Lch
            or Enums.Interpretation.Xyz or Enums.Interpretation.Yxy or Enums.Interpretation.Scrgb or Enums.Interpretation.Hsv or Enums.Interpretation.Cmc
            ? image.Colourspace(Enums.Interpretation.Srgb)
            : null;
    }

    private static Image Flatten(Image image, (byte Red, byte Green, byte Blue) background)
    {
        var scale = image.Format == Enums.BandFormat.Ushort ? 257.0 : 1.0;
        double[] colour = image.Bands < 4
            ? [scale * ((0.299 * background.Red) + (0.587 * background.Green) + (0.114 * background.Blue))]
            : [scale * background.Red, scale * background.Green, scale * background.Blue];
        return image.Flatten(background: colour);
    }
}
