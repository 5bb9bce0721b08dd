using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>One mask before the cut: a low-resolution map of logits and where it lies on the image.</summary>
/// <remarks>A prompt segmenter returns it so that a later prompt can take it as a hint, and so that no full-size float image is ever kept.</remarks>
public sealed class MaskLogits
{
    /// <summary>Wraps logits without copying them.</summary>
    /// <param name="values">[h,w] float32, unbounded; above the mask threshold means inside.</param>
    /// <param name="width">Cells across, w.</param>
    /// <param name="height">Cells down, h.</param>
    /// <param name="frame">How the cells lie on the image.</param>
    /// <exception cref="ArgumentException">The memory does not hold <c>width * height</c> values.</exception>
    public MaskLogits(ReadOnlyMemory<float> values, int width, int height, LogitFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (width <= 0 || height <= 0 || values.Length != (long)width * height)
        {
            throw new ArgumentException($"Logits of {width}x{height} need {(long)width * height} values, not {values.Length}.", nameof(values));
        }

        Values = values;
        Width = width;
        Height = height;
        Frame = frame;
    }

    /// <summary>[h,w] float32, unbounded.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>Cells across.</summary>
    public int Width { get; }

    /// <summary>Cells down.</summary>
    public int Height { get; }

    /// <summary>How the cells lie on the image.</summary>
    public LogitFrame Frame { get; }

    /// <summary>The logit at a position, bilinear between the middles of cells; beyond the outermost ones theirs.</summary>
    /// <param name="x">Original image pixels from the left edge.</param>
    /// <param name="y">Original image pixels from the top edge.</param>
    public float At(double x, double y)
    {
        var place = Frame.ToCells(x, y, new ImageSize(Width, Height));
        var (across, down) = (Math.Clamp(place.Column, 0, Width - 1), Math.Clamp(place.Row, 0, Height - 1));
        var (left, above) = ((int)across, (int)down);
        var (right, below) = (Math.Min(left + 1, Width - 1), Math.Min(above + 1, Height - 1));
        var (toRight, toBelow) = ((float)(across - left), (float)(down - above));
        ReadOnlySpan<float> upper = Values.Span.Slice(above * Width, Width), lower = Values.Span.Slice(below * Width, Width);
        var top = upper[left] + (toRight * (upper[right] - upper[left]));
        var bottom = lower[left] + (toRight * (lower[right] - lower[left]));
        return top + (toBelow * (bottom - top));
    }
}

/// <summary>How a logit map lies on the image it was computed for: up-sampled to a padded canvas, cut to the used part, up-sampled to the image.</summary>
/// <param name="CanvasSize">The size that the whole map covers, padding included; SAM: 1024x1024.</param>
/// <param name="UsedSize">The part of the canvas, from its top-left corner, that the resized image fills.</param>
/// <param name="ImageSize">The image's own size, which the mask gets in the end.</param>
/// <remarks>Both steps are bilinear with half-pixel centres (PyTorch's <c>align_corners=False</c>), as segment-anything's <c>postprocess_masks</c> does.</remarks>
public sealed record LogitFrame(ImageSize CanvasSize, ImageSize UsedSize, ImageSize ImageSize)
{
    /// <summary>The frame of logits that were computed at the image's own resolution.</summary>
    /// <param name="image">The image's size.</param>
    public static LogitFrame Identity(ImageSize image) => new(image, image, image);

    /// <summary>Where a position lies on a map, in cells; whole numbers are the middles of cells.</summary>
    /// <param name="x">Original image pixels from the left edge.</param>
    /// <param name="y">Original image pixels from the top edge.</param>
    /// <param name="map">The map's cells across and down.</param>
    /// <returns>Beside the map for a position beside the image.</returns>
    public (double Column, double Row) ToCells(double x, double y, ImageSize map) => (
        (x / ImageSize.Width * UsedSize.Width / CanvasSize.Width * map.Width) - 0.5,
        (y / ImageSize.Height * UsedSize.Height / CanvasSize.Height * map.Height) - 0.5);

    /// <summary>The cell of a map in which a position lies; the nearest one for a position beside the map.</summary>
    /// <param name="x">Original image pixels from the left edge.</param>
    /// <param name="y">Original image pixels from the top edge.</param>
    /// <param name="map">The map's cells across and down.</param>
    public (int Column, int Row) CellAt(double x, double y, ImageSize map)
    {
        var (column, row) = ToCells(x, y, map);
        return (Math.Clamp((int)Math.Floor(column + 0.5), 0, map.Width - 1), Math.Clamp((int)Math.Floor(row + 0.5), 0, map.Height - 1));
    }
}
