using System.Globalization;
using Maskwright.Geometry;
using Maskwright.Masks;
using SkiaSharp;

namespace Maskwright.Formats.Overlays;

/// <summary>Writes the label and score of masks at the top of each, the best last so that it stays readable.</summary>
internal static class NameDrawing
{
    private static readonly SKColor s_halo = new(0, 0, 0, 210);

    public static void Draw(SKCanvas canvas, ImageSize size, IReadOnlyList<MaskProposal> proposals)
    {
        var height = Math.Clamp(size.LongestSide / 80f, 7f, 40f);
        foreach (var proposal in proposals.Where(p => p.Label is not null && p.Area > 0).OrderBy(p => p.PredictedIou))
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{proposal.Label} {proposal.PredictedIou:0.00}");
            var left = Math.Clamp(proposal.Bounds.X + height, height, Math.Max(height, size.Width - StrokeText.Width(text, height) - height));
            var top = Math.Clamp(proposal.Bounds.Y + height, height, Math.Max(height, size.Height - (2 * height)));
            StrokeText.Draw(canvas, text, left, top, height, SKColors.White, s_halo);
        }
    }
}
