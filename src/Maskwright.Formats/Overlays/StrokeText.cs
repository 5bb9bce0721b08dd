using SkiaSharp;

namespace Maskwright.Formats.Overlays;

/// <summary>Draws lines of text without any font.</summary>
internal static class StrokeText
{
    private const float Gap = 2.2f;
    private const float Thickness = 1.3f;

    /// <summary>The width of a text in pixels.</summary>
    /// <param name="text">One line.</param>
    /// <param name="height">The height of a capital in pixels.</param>
    public static float Width(string text, float height) =>
        text.Length == 0 ? 0 : (text.Sum(c => StrokeGlyphs.Of(c).Width + Gap) - Gap) * height / StrokeGlyphs.CapHeight;

    /// <summary>Shortens a text until it fits, with dots where its middle was.</summary>
    /// <param name="text">One line.</param>
    /// <param name="height">The height of a capital in pixels.</param>
    /// <param name="maxWidth">The room in pixels.</param>
    public static string Fit(string text, float height, float maxWidth)
    {
        if (Width(text, height) <= maxWidth)
        {
            return text;
        }

        for (var kept = text.Length - 1; kept > 1; kept--)
        {
            var shorter = $"{text[..(kept / 2)]}..{text[^(kept - (kept / 2))..]}";
            if (Width(shorter, height) <= maxWidth)
            {
                return shorter;
            }
        }

        return string.Empty;
    }

    /// <summary>Draws a text.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="text">One line.</param>
    /// <param name="left">The left edge in pixels.</param>
    /// <param name="top">The top of the capitals in pixels.</param>
    /// <param name="height">The height of a capital in pixels.</param>
    /// <param name="colour">The colour of the lines.</param>
    /// <param name="halo">A colour around the lines, for text on photos; null for none.</param>
    public static void Draw(SKCanvas canvas, string text, float left, float top, float height, SKColor colour, SKColor? halo = null)
    {
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
        var scale = height / StrokeGlyphs.CapHeight;
        canvas.Save();
        canvas.Translate(left, top);
        canvas.Scale(scale);
        foreach (var character in text)
        {
            var glyph = StrokeGlyphs.Of(character);
            using var path = SKPath.ParseSvgPathData(glyph.Lines);
            if (path is not null && halo is { } around)
            {
                (paint.Color, paint.StrokeWidth) = (around, Thickness * 3);
                canvas.DrawPath(path, paint);
            }

            if (path is not null)
            {
                (paint.Color, paint.StrokeWidth) = (colour, Thickness);
                canvas.DrawPath(path, paint);
            }

            canvas.Translate(glyph.Width + Gap, 0);
        }

        canvas.Restore();
    }
}
