using Maskwright.Images;
using Maskwright.Masks;
using SkiaSharp;

namespace Maskwright.Formats.Overlays;

/// <summary>Draws numbers, clicks and boxes over a picture.</summary>
internal static class Annotations
{
    /// <summary>Draws what the options ask for.</summary>
    /// <returns>A new picture, or the same one when there is nothing to draw.</returns>
    public static RgbImage Draw(RgbImage picture, LabelMap labels, IReadOnlyList<MaskProposal> proposals, OverlayOptions options)
    {
        var withNumbers = options.WithNumbers && proposals.Count > 0;
        if (!withNumbers && options.Prompts.Count == 0)
        {
            return picture;
        }

        using var bitmap = ToBitmap(picture);
        using (var canvas = new SKCanvas(bitmap))
        {
            if (withNumbers)
            {
                NumberDrawing.Draw(canvas, labels, proposals);
            }

            PromptDrawing.Draw(canvas, picture.Size, options.Prompts);
        }

        return FromBitmap(bitmap);
    }

    private static SKBitmap ToBitmap(RgbImage picture)
    {
        var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var to = bitmap.GetPixelSpan();
        var from = picture.Pixels;
        for (int i = 0, j = 0; i < from.Length; i += 3, j += 4)
        {
            from.Slice(i, 3).CopyTo(to[j..]);
            to[j + 3] = byte.MaxValue;
        }

        return bitmap;
    }

    private static RgbImage FromBitmap(SKBitmap bitmap)
    {
        var from = bitmap.GetPixelSpan();
        var pixels = new byte[from.Length / 4 * 3];
        for (int i = 0, j = 0; i < pixels.Length; i += 3, j += 4)
        {
            from.Slice(j, 3).CopyTo(pixels.AsSpan(i));
        }

        return new RgbImage(bitmap.Width, bitmap.Height, pixels);
    }
}
