using System.Globalization;
using Maskwright.Masks;
using SkiaSharp;

namespace Maskwright.Formats.Overlays;

/// <summary>Writes each mask's number where it has most room.</summary>
/// <remarks>The digits are lines of our own, since a machine need not have any font.</remarks>
internal static class NumberDrawing
{
    private const float GlyphWidth = 6;
    private const float GlyphHeight = 10;
    private const float Advance = 8.4f;
    private const float SmallestHeight = 7;

    // Centre lines of the digits, 6 wide and 10 high.
    private static readonly string[] Digits =
    [
        "M3 0 C5 0 6 2 6 5 C6 8 5 10 3 10 C1 10 0 8 0 5 C0 2 1 0 3 0 Z",
        "M1 2 L3.5 0 V10",
        "M0.3 2.7 C0.3 1 1.4 0 3 0 C4.6 0 5.8 1 5.8 2.7 C5.8 5.2 0.6 7 0.1 10 H6",
        "M0.4 1.6 C0.9 0.6 1.8 0 3 0 C4.6 0 5.6 1 5.6 2.4 C5.6 3.9 4.5 4.8 2.6 4.8 C4.7 4.8 6 5.7 6 7.3 C6 9 4.8 10 3 10 C1.6 10 0.6 9.4 0.1 8.3",
        "M4.6 10 V0 L0 7 H6",
        "M5.4 0 H1 L0.5 4.7 C1.2 4.1 2 3.8 2.9 3.8 C4.8 3.8 6 5 6 6.9 C6 8.8 4.7 10 2.9 10 C1.6 10 0.6 9.4 0.1 8.4",
        "M5.2 1 C4.6 0.4 3.9 0 3.1 0 C1.2 0 0 2 0 5.4 C0 8.4 1.2 10 3.1 10 C4.8 10 6 8.7 6 6.9 C6 5.1 4.8 3.9 3.1 3.9 C1.4 3.9 0 5.2 0 6.6",
        "M0 0 H6 L2.2 10",
        "M3 4.7 C1.4 4.7 0.5 3.7 0.5 2.4 C0.5 1 1.5 0 3 0 C4.5 0 5.5 1 5.5 2.4 C5.5 3.7 4.6 4.7 3 4.7 C1.1 4.7 0 5.8 0 7.3 C0 8.8 1.2 10 3 10 C4.8 10 6 8.8 6 7.3 C6 5.8 4.9 4.7 3 4.7",
        "M0.8 9 C1.4 9.6 2.1 10 2.9 10 C4.8 10 6 8 6 4.6 C6 1.6 4.8 0 2.9 0 C1.2 0 0 1.3 0 3.1 C0 4.9 1.2 6.1 2.9 6.1 C4.6 6.1 6 4.8 6 3.4",
    ];

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
                using var path = SKPath.ParseSvgPathData(Digits[text[i] - '0']);
                path.Transform(SKMatrix.CreateTranslation(i * Advance, 0));
                canvas.DrawPath(path, paint);
            }
        }

        canvas.Restore();
    }
}
