using Maskwright.Images;
using SkiaSharp;

namespace Maskwright.Formats.Overlays;

/// <summary>Many small pictures on one sheet, each with a caption, so that a person can look through a data set at a glance.</summary>
public static class ContactSheet
{
    /// <summary>The width and height of a tile's picture, in pixels.</summary>
    public const int TileSidePixels = 240;

    private const int Margin = 16;
    private const int LineHeight = 18;
    private const float TextHeight = 9;
    private const float TitleHeight = 13;
    private const int TitleRoom = 40;

    private static readonly SKColor s_paper = new(0xFA, 0xFA, 0xF8);
    private static readonly SKColor s_ink = new(0x22, 0x22, 0x22);
    private static readonly SKColor s_faint = new(0x70, 0x70, 0x70);
    private static readonly SKColor s_mark = new(0xC6, 0x28, 0x28);

    /// <summary>Lays out the sheet.</summary>
    /// <param name="title">The line above all tiles.</param>
    /// <param name="tiles">The tiles, row by row; may be empty.</param>
    /// <param name="columns">Tiles in a row, 1 to 20.</param>
    /// <returns>The sheet; its height follows the number of tiles.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of columns is not 1 to 20.</exception>
    public static RgbImage Render(string title, IReadOnlyList<ContactSheetTile> tiles, int columns = 5)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(tiles);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 20);
        var rows = (tiles.Count + columns - 1) / columns;
        var width = Margin + (columns * (TileSidePixels + Margin));
        var height = TitleRoom + Margin + (rows * RowHeight);
        using var sheet = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(s_paper);
        StrokeText.Draw(canvas, StrokeText.Fit(title, TitleHeight, width - (2 * Margin)), Margin, Margin, TitleHeight, s_ink);
        for (var i = 0; i < tiles.Count; i++)
        {
            Draw(canvas, tiles[i], Margin + (i % columns * (TileSidePixels + Margin)), TitleRoom + Margin + (i / columns * RowHeight));
        }

        canvas.Flush();
        return SkiaPixels.FromBitmap(sheet);
    }

    private static int RowHeight => TileSidePixels + (2 * LineHeight) + Margin;

    private static void Draw(SKCanvas canvas, ContactSheetTile tile, int left, int top)
    {
        var scale = Math.Min((float)TileSidePixels / tile.Picture.Width, (float)TileSidePixels / tile.Picture.Height);
        var (width, height) = (tile.Picture.Width * scale, tile.Picture.Height * scale);
        var place = SKRect.Create(left + ((TileSidePixels - width) / 2), top + ((TileSidePixels - height) / 2), width, height);
        using var bitmap = SkiaPixels.ToBitmap(tile.Picture);
        using var picture = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(picture, place, new SKSamplingOptions(scale > 1 ? SKFilterMode.Nearest : SKFilterMode.Linear, scale > 1 ? SKMipmapMode.None : SKMipmapMode.Linear));
        if (tile.IsMarked)
        {
            using var frame = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 2, Color = s_mark };
            canvas.DrawRect(SKRect.Inflate(place, 2, 2), frame);
        }

        StrokeText.Draw(canvas, StrokeText.Fit(tile.Caption, TextHeight, TileSidePixels), left, top + TileSidePixels + 7, TextHeight, tile.IsMarked ? s_mark : s_ink);
        StrokeText.Draw(canvas, StrokeText.Fit(tile.Detail, TextHeight, TileSidePixels), left, top + TileSidePixels + 7 + LineHeight, TextHeight, s_faint);
    }
}
