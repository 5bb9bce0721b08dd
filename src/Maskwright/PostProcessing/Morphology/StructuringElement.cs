using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The neighbourhood that morphology looks at: a set of pixels around an anchor.</summary>
/// <remarks>
/// OpenCV 4.6 <c>getStructuringElement</c> and its sense of direction: both erosion and dilation look at the pixels that the element covers when its
/// anchor lies on a pixel; the element is not turned around for dilation. It matters only for elements without point symmetry.
/// </remarks>
public sealed class StructuringElement
{
    private readonly BinaryMask _shape;

    private StructuringElement(BinaryMask shape, int anchorX, int anchorY)
    {
        if ((uint)anchorX >= (uint)shape.Width || (uint)anchorY >= (uint)shape.Height)
        {
            throw new ArgumentOutOfRangeException(nameof(anchorX), $"The anchor ({anchorX}, {anchorY}) lies outside an element of {shape.Size}.");
        }

        (_shape, AnchorX, AnchorY) = (shape, anchorX, anchorY);
        Runs = [.. RowRun.Of(shape).Select(run => new RowRun(run.Y - anchorY, run.Start - anchorX, run.End - anchorX))];
    }

    /// <summary>Pixels across.</summary>
    public int Width => _shape.Width;

    /// <summary>Pixels down.</summary>
    public int Height => _shape.Height;

    /// <summary>The anchor's column, 0 to Width-1; half the width, rounded down, unless set.</summary>
    public int AnchorX { get; }

    /// <summary>The anchor's row, 0 to Height-1; half the height, rounded down, unless set.</summary>
    public int AnchorY { get; }

    /// <summary>The element's pixels row by row, with the anchor at (0, 0).</summary>
    internal IReadOnlyList<RowRun> Runs { get; }

    /// <summary>Every pixel of a rectangle.</summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    public static StructuringElement Rectangle(int width, int height) => Rows(width, height, _ => (0, width));

    /// <summary>The anchor's row and column.</summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    public static StructuringElement Cross(int width, int height) =>
        Rows(width, height, y => y == height / 2 ? (0, width) : (width / 2, (width / 2) + 1));

    /// <summary>The ellipse that OpenCV calls <c>MORPH_ELLIPSE</c>; at 5 x 5 it is no disc.</summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    public static StructuringElement Ellipse(int width, int height) => Rows(width, height, y =>
    {
        var (a, b) = (width / 2, height / 2);
        var dy = y - b;
        var reach = b == 0 || Math.Abs(dy) > b ? 0 : (int)Math.Round(a * Math.Sqrt(((b * b) - (dy * dy)) * (1.0 / (b * b))), MidpointRounding.ToEven);
        return Math.Abs(dy) > b ? (0, 0) : (Math.Max(a - reach, 0), Math.Min(a + reach + 1, width));
    });

    /// <summary>All pixels whose centres lie within a distance of the anchor.</summary>
    /// <param name="radiusPixels">The distance, at least 0; the disc measures <c>2 * radius + 1</c> across.</param>
    public static StructuringElement Disc(int radiusPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radiusPixels);
        var side = (2 * radiusPixels) + 1;
        return Rows(side, side, y =>
        {
            var reach = (int)Math.Sqrt(((long)radiusPixels * radiusPixels) - ((long)(y - radiusPixels) * (y - radiusPixels)));
            return (radiusPixels - reach, radiusPixels + reach + 1);
        });
    }

    /// <summary>A straight line through the middle.</summary>
    /// <param name="lengthPixels">The number of pixels, at least 1.</param>
    /// <param name="direction">Where it runs.</param>
    public static StructuringElement Line(int lengthPixels, LineDirection direction) => direction switch
    {
        LineDirection.Horizontal => Rectangle(lengthPixels, 1),
        LineDirection.Vertical => Rectangle(1, lengthPixels),
        LineDirection.Falling => Rows(lengthPixels, lengthPixels, y => (y, y + 1)),
        LineDirection.Rising => Rows(lengthPixels, lengthPixels, y => (lengthPixels - 1 - y, lengthPixels - y)),
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "There is no such direction."),
    };

    /// <summary>Any set of pixels.</summary>
    /// <param name="shape">The pixels; at least one is set. Copied.</param>
    /// <exception cref="ArgumentException">No pixel is set.</exception>
    public static StructuringElement FromMask(BinaryMask shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Area() == 0
            ? throw new ArgumentException("A structuring element needs at least one pixel.", nameof(shape))
            : new StructuringElement(shape.Clone(), shape.Width / 2, shape.Height / 2);
    }

    /// <summary>The same pixels around another anchor.</summary>
    /// <param name="x">Column, 0 to Width-1.</param>
    /// <param name="y">Row, 0 to Height-1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The anchor lies outside the element.</exception>
    public StructuringElement WithAnchor(int x, int y) => new(_shape, x, y);

    /// <summary>The element's pixels as a mask of their own.</summary>
    public BinaryMask ToMask() => _shape.Clone();

    private static StructuringElement Rows(int width, int height, Func<int, (int Start, int End)> row)
    {
        var shape = new BinaryMask(width, height);
        for (var y = 0; y < height; y++)
        {
            var (start, end) = row(y);
            if (start < end)
            {
                new RowRun(y, start, end).Draw(shape);
            }
        }

        return new StructuringElement(shape, width / 2, height / 2);
    }
}
