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
        var withNames = options.WithNames && proposals.Any(proposal => proposal.Label is not null);
        if (!withNumbers && !withNames && options.Prompts.Count == 0)
        {
            return picture;
        }

        using var bitmap = SkiaPixels.ToBitmap(picture);
        using (var canvas = new SKCanvas(bitmap))
        {
            if (withNumbers)
            {
                NumberDrawing.Draw(canvas, labels, proposals);
            }

            if (withNames)
            {
                NameDrawing.Draw(canvas, picture.Size, proposals);
            }

            PromptDrawing.Draw(canvas, picture.Size, options.Prompts);
        }

        return SkiaPixels.FromBitmap(bitmap);
    }
}
