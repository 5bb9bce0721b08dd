using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>One label a pixel: classes of a semantic segmentation, or instance numbers.</summary>
public sealed class LabelMap
{
    private readonly int[] _labels;

    /// <summary>Wraps labels without copying them.</summary>
    /// <param name="size">Width and height in pixels, each at least 1.</param>
    /// <param name="labels">[H,W] labels, row by row; 0 is background by custom.</param>
    /// <exception cref="ArgumentException">The array does not hold one label a pixel.</exception>
    public LabelMap(ImageSize size, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Width, nameof(size));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Height, nameof(size));
        if (labels.LongLength != size.PixelCount)
        {
            throw new ArgumentException($"A label map of {size} has {size.PixelCount} labels, not {labels.LongLength}.", nameof(labels));
        }

        Size = size;
        _labels = labels;
    }

    /// <summary>Width and height in pixels.</summary>
    public ImageSize Size { get; }

    /// <summary>[H,W] labels, row by row.</summary>
    public Span<int> Labels => _labels;

    /// <summary>The labels of one row.</summary>
    /// <param name="y">Row, 0 to H-1.</param>
    public Span<int> Row(int y) => _labels.AsSpan(y * Size.Width, Size.Width);
}
