using Maskwright.Geometry;
using Maskwright.Segmentation;
using SkiaSharp;

namespace Maskwright.Formats.Overlays;

/// <summary>Draws what a person asked for: green dots on the object, red dots beside it, green boxes around it.</summary>
internal static class PromptDrawing
{
    private static readonly SKColor Positive = new(34, 197, 94);
    private static readonly SKColor Negative = new(239, 68, 68);
    private static readonly SKColor Shadow = new(0, 0, 0, 140);

    /// <summary>Draws all prompts; sizes follow the picture's.</summary>
    public static void Draw(SKCanvas canvas, ImageSize size, IReadOnlyList<Prompt> prompts)
    {
        var radius = Math.Clamp(size.LongestSide / 110f, 4f, 40f);
        foreach (var box in prompts.Select(prompt => prompt.Box).OfType<PixelBox>())
        {
            DrawBox(canvas, box, Math.Max(2, radius / 2.5f));
        }

        foreach (var point in prompts.SelectMany(prompt => prompt.Points))
        {
            DrawPoint(canvas, point, radius);
        }
    }

    private static void DrawBox(SKCanvas canvas, PixelBox box, float width)
    {
        var rect = new SKRect((float)box.X0, (float)box.Y0, (float)box.X1, (float)box.Y1);
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeJoin = SKStrokeJoin.Round };
        (paint.Color, paint.StrokeWidth) = (Shadow, width * 2f);
        canvas.DrawRect(rect, paint);
        (paint.Color, paint.StrokeWidth) = (Positive, width);
        canvas.DrawRect(rect, paint);
    }

    private static void DrawPoint(SKCanvas canvas, PromptPoint point, float radius)
    {
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Fill };
        foreach (var (colour, scale) in new[] { (Shadow, 1.5f), (SKColors.White, 1.3f), (point.IsPositive ? Positive : Negative, 1f) })
        {
            paint.Color = colour;
            canvas.DrawCircle((float)point.X, (float)point.Y, radius * scale, paint);
        }
    }
}
