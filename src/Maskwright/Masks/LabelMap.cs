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

    /// <summary>Draws masks over one another, large ones first, so that small ones stay visible.</summary>
    /// <param name="size">Width and height of the image and of every mask.</param>
    /// <param name="proposals">The masks; may be empty.</param>
    /// <returns>Labels 1..n by falling area, as <see cref="OrderByArea"/> has it; 0 where no mask is. A mask that others cover wholly has no pixel.</returns>
    /// <exception cref="ArgumentException">A mask has another size.</exception>
    public static LabelMap FromProposals(ImageSize size, IReadOnlyList<MaskProposal> proposals)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        for (var i = 0; i < proposals.Count; i++)
        {
            if (proposals[i].Mask.Size != size)
            {
                throw new ArgumentException($"Mask {i} is {proposals[i].Mask.Size}, but the label map is {size}.", nameof(proposals));
            }
        }

        return new LabelMap(size, LabelPainting.Paint(size, OrderByArea(proposals).Select(index => proposals[index].Mask)));
    }

    /// <summary>Draws masks over one another in their order, later ones over earlier ones.</summary>
    /// <param name="size">Width and height of the image and of every mask.</param>
    /// <param name="masks">The masks; the first gets label 1. May be empty.</param>
    /// <exception cref="ArgumentException">A mask has another size.</exception>
    public static LabelMap FromMasks(ImageSize size, IReadOnlyList<RunLengthMask> masks)
    {
        ArgumentNullException.ThrowIfNull(masks);
        var other = masks.FirstOrDefault(mask => mask.Size != size);
        return other is null
            ? new LabelMap(size, LabelPainting.Paint(size, masks))
            : throw new ArgumentException($"A mask is {other.Size}, but the label map is {size}.", nameof(masks));
    }

    /// <summary>Tells which mask gets which label in <see cref="FromProposals"/>.</summary>
    /// <param name="proposals">The masks.</param>
    /// <returns>Positions in <paramref name="proposals"/>: the mask with label L stands at L - 1. Masks of equal area keep their order.</returns>
    public static IReadOnlyList<int> OrderByArea(IReadOnlyList<MaskProposal> proposals) =>
        [.. Enumerable.Range(0, proposals.Count).OrderByDescending(index => proposals[index].Area)];
}
