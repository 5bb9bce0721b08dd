using System.Globalization;
using Maskwright.Masks;
using SkiaSharp;

namespace Maskwright.Formats.Overlays;

/// <summary>Writes each mask's number where it has most room.</summary>
internal static class NumberDrawing
{
    private const float GlyphWidth = 6;
    private const float GlyphHeight = 10;
    private const float Advance = 8.4f;
    private const float SmallestHeight = 7;

    /// <summary>Writes the numbers; their size follows the picture's and the room in the mask.</summary>
    public static void Draw(SKCanvas canvas, LabelMap labels, IReadOnlyList<MaskProposal> proposals)
    {
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
        var places = NumberPlacement.Find(labels, proposals);
        var largest = Math.Clamp(labels.Size.LongestSide / 70f, 10f, 64f);
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i] is { } place)
            {
                DrawNumber(canvas, paint, i, place, Math.Clamp(FittingScale(i, place.Radius), SmallestHeight / GlyphHeight, largest / GlyphHeight));
            }
        }
    }

    // Half the diagonal of the text is the radius of the largest circle in the mask.
    private static float FittingScale(int number, double radius) => (float)(2 * radius / Math.Sqrt(Square(TextWidth(number)) + Square(GlyphHeight)));

    private static float TextWidth(int number) => ((number.ToString(CultureInfo.InvariantCulture).Length - 1) * Advance) + GlyphWidth;

    private static double Square(double value) => value * value;

    private static void DrawNumber(SKCanvas canvas, SKPaint paint, int number, NumberPlacement.Place place, float scale)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        canvas.Save();
        canvas.Translate((float)place.X, (float)place.Y);
        canvas.Scale(scale);
        canvas.Translate(-TextWidth(number) / 2, -GlyphHeight / 2);
        foreach (var (colour, thickness) in new[] { (new SKColor(0, 0, 0, 200), 3.6f), (SKColors.White, 1.5f) })
        {
            (paint.Color, paint.StrokeWidth) = (colour, thickness);
            for (var i = 0; i < text.Length; i++)
            {
                using var path = SKPath.ParseSvgPathData(StrokeGlyphs.Of(text[i]).Lines);
                path.Transform(SKMatrix.CreateTranslation(i * Advance, 0));
                canvas.DrawPath(path, paint);
            }
        }

        canvas.Restore();
    }
}
