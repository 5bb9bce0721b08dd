using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>A mask as run lengths in COCO's convention: pixels column by column, counts alternating between outside and inside, outside first.</summary>
/// <remarks>
/// The first count is 0 when the very first pixel is inside. Masks made here have no other count of 0; those read from a file keep what they had.
/// pycocotools <c>maskApi</c>.
/// </remarks>
public sealed class RunLengthMask : IEquatable<RunLengthMask>
{
    private readonly uint[] _counts;

    private RunLengthMask(ImageSize size, uint[] counts)
    {
        Size = size;
        _counts = counts;
        (Area, Bounds) = Measure(size, counts);
    }

    /// <summary>Width and height of the image that the mask lies on.</summary>
    public ImageSize Size { get; }

    /// <summary>Run lengths, column-major, outside first.</summary>
    public ReadOnlySpan<uint> Counts => _counts;

    /// <summary>The number of set pixels.</summary>
    public long Area { get; }

    /// <summary>The smallest rectangle that holds every set pixel, half-open; empty at (0, 0) for an empty mask.</summary>
    public PixelRect Bounds { get; }

    /// <summary>A mask without pixels.</summary>
    /// <param name="size">Width and height in pixels, each at least 1.</param>
    public static RunLengthMask Empty(ImageSize size)
    {
        CheckSize(size);
        return new RunLengthMask(size, [(uint)size.PixelCount]);
    }

    /// <summary>Takes run lengths as they stand in a file.</summary>
    /// <param name="size">Width and height in pixels, each at least 1.</param>
    /// <param name="counts">Run lengths, column-major, outside first; must sum to the number of pixels. Counts of 0 are kept as they are.</param>
    /// <exception cref="ArgumentException">The counts do not sum to the number of pixels.</exception>
    public static RunLengthMask FromCounts(ImageSize size, ReadOnlySpan<uint> counts)
    {
        CheckSize(size);
        long sum = 0;
        foreach (var count in counts)
        {
            sum += count;
        }

        if (sum != size.PixelCount)
        {
            throw new ArgumentException($"The run lengths sum to {sum}, but a mask of {size} has {size.PixelCount} pixels.", nameof(counts));
        }

        return new RunLengthMask(size, counts.ToArray());
    }

    /// <summary>Encodes a bit mask.</summary>
    /// <param name="mask">The mask to encode.</param>
    public static RunLengthMask FromMask(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return new(mask.Size, RunEncoder.Encode(mask.Words, mask.WordsPerRow, mask.Size));
    }

    /// <summary>Reads COCO's compressed text of run lengths.</summary>
    /// <param name="size">Width and height in pixels, each at least 1.</param>
    /// <param name="text">What stands under <c>counts</c> in a COCO file.</param>
    /// <exception cref="FormatException">The text is damaged, or its runs do not sum to the number of pixels; the message says where.</exception>
    public static RunLengthMask FromCocoString(ImageSize size, ReadOnlySpan<char> text)
    {
        CheckSize(size);
        return new RunLengthMask(size, CocoRunString.Read(size, text));
    }

    /// <summary>All masks in one.</summary>
    /// <param name="masks">At least one mask, all of one size.</param>
    /// <exception cref="ArgumentException">There is no mask, or the sizes differ.</exception>
    public static RunLengthMask Union(IEnumerable<RunLengthMask> masks)
    {
        ArgumentNullException.ThrowIfNull(masks);
        return masks.Aggregate((RunLengthMask?)null, (all, mask) => all?.Union(mask) ?? mask)
            ?? throw new ArgumentException("A union needs at least one mask.", nameof(masks));
    }

    /// <summary>The IoU of every detection with every ground truth.</summary>
    /// <param name="detections">D masks.</param>
    /// <param name="groundTruths">G masks of the same size.</param>
    /// <param name="isCrowd">[G] whether a ground truth is a crowd, whose union is the detection alone; empty means that none is.</param>
    /// <returns>[D,G] in [0,1].</returns>
    /// <exception cref="ArgumentException">The sizes differ, or <paramref name="isCrowd"/> does not hold one entry a ground truth.</exception>
    /// <remarks>pycocotools <c>rleIou</c>.</remarks>
    public static double[,] IouMatrix(IReadOnlyList<RunLengthMask> detections, IReadOnlyList<RunLengthMask> groundTruths, ReadOnlySpan<bool> isCrowd = default)
    {
        ArgumentNullException.ThrowIfNull(detections);
        ArgumentNullException.ThrowIfNull(groundTruths);
        if (!isCrowd.IsEmpty && isCrowd.Length != groundTruths.Count)
        {
            throw new ArgumentException($"{groundTruths.Count} ground truths need as many crowd flags, not {isCrowd.Length}.", nameof(isCrowd));
        }

        var result = new double[detections.Count, groundTruths.Count];
        for (var d = 0; d < detections.Count; d++)
        {
            for (var g = 0; g < groundTruths.Count; g++)
            {
                result[d, g] = detections[d].Iou(groundTruths[g], !isCrowd.IsEmpty && isCrowd[g]);
            }
        }

        return result;
    }

    /// <summary>Decodes to one bit a pixel.</summary>
    public BinaryMask ToBinaryMask()
    {
        var mask = new BinaryMask(Size);
        RunDecoder.Decode(_counts, mask);
        return mask;
    }

    /// <summary>COCO's compressed text of the run lengths, as it stands under <c>counts</c> in a COCO file.</summary>
    public string ToCocoString() => CocoRunString.Write(_counts);

    /// <summary>The pixels of either mask.</summary>
    /// <param name="other">A mask of the same size.</param>
    public RunLengthMask Union(RunLengthMask other) => Merge(other, RunMerging.Union);

    /// <summary>The pixels of both masks.</summary>
    /// <param name="other">A mask of the same size.</param>
    public RunLengthMask Intersect(RunLengthMask other) => Merge(other, RunMerging.Intersection);

    /// <summary>The pixels of this mask that are not in the other.</summary>
    /// <param name="other">A mask of the same size.</param>
    public RunLengthMask Except(RunLengthMask other) => Merge(other, RunMerging.Difference);

    /// <summary>The number of pixels that both masks have, found without making a mask.</summary>
    /// <param name="other">A mask of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public long IntersectionArea(RunLengthMask other)
    {
        CheckSameSize(other);
        return Bounds.X < other.Bounds.Right && other.Bounds.X < Bounds.Right && Bounds.Y < other.Bounds.Bottom && other.Bounds.Y < Bounds.Bottom
            ? RunMerging.SharedArea(_counts, other._counts)
            : 0;
    }

    /// <summary>Shared pixels over the pixels of either, in [0,1]; 0 when the masks share no pixel, two empty masks included.</summary>
    /// <param name="other">A mask of the same size.</param>
    /// <param name="otherIsCrowd">True: over the pixels of this mask alone, as COCO does with crowds.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public double Iou(RunLengthMask other, bool otherIsCrowd = false)
    {
        var shared = IntersectionArea(other);
        return shared == 0 ? 0 : (double)shared / (otherIsCrowd ? Area : Area + other.Area - shared);
    }

    /// <summary>The mask moved into another frame: a crop's mask into the image, or an image's mask into a crop.</summary>
    /// <param name="frame">The new width and height, each at least 1.</param>
    /// <param name="x">The column of the new frame that this mask's first column gets; may be negative.</param>
    /// <param name="y">The row of the new frame that this mask's first row gets; may be negative.</param>
    /// <returns>The mask in the new frame; pixels that leave it are lost.</returns>
    public RunLengthMask PlaceIn(ImageSize frame, int x, int y)
    {
        CheckSize(frame);
        if (x == 0 && y == 0 && frame == Size)
        {
            return this;
        }

        var runs = new RunBuilder();
        foreach (var piece in new ColumnSegments(_counts, Size.Height))
        {
            var (column, top, bottom) = ((long)piece.X + x, Math.Max(0, (long)piece.Top + y), Math.Min(frame.Height, (long)piece.Bottom + y));
            if (column >= 0 && column < frame.Width && top < bottom)
            {
                var start = (ulong)((column * frame.Height) + top);
                runs.Add(start, start + (ulong)(bottom - top));
            }
        }

        return new RunLengthMask(frame, runs.Finish(frame.PixelCount));
    }

    /// <summary>The same mask with no count of 0 but perhaps the first.</summary>
    public RunLengthMask Canonical() => _counts.AsSpan(1).Contains(0u) ? Union(this) : this;

    /// <summary>Whether both masks have the same size and the same pixels.</summary>
    /// <param name="other">The mask to compare with.</param>
    public bool Equals(RunLengthMask? other) =>
        other is not null && Size == other.Size && Area == other.Area && Bounds == other.Bounds && Canonical().Counts.SequenceEqual(other.Canonical().Counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RunLengthMask);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Size, Area, Bounds);

    internal static RunLengthMask? FromWordsIfShort(ReadOnlySpan<ulong> words, ImageSize size, int mostRuns) =>
        RunEncoder.EncodeIfShort(words, (size.Width + 63) / 64, size, mostRuns) is { } counts ? new(size, counts) : null;

    private RunLengthMask Merge(RunLengthMask other, int rule)
    {
        CheckSameSize(other);
        return new RunLengthMask(Size, RunMerging.Merge(_counts, other._counts, rule));
    }

    private void CheckSameSize(RunLengthMask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Size != other.Size)
        {
            throw new ArgumentException($"Both masks must have one size; they have {Size} and {other.Size}.", nameof(other));
        }
    }

    private static void CheckSize(ImageSize size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Width, nameof(size));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Height, nameof(size));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size.PixelCount, uint.MaxValue, nameof(size));
    }

    private static (long Area, PixelRect Bounds) Measure(ImageSize size, ReadOnlySpan<uint> counts)
    {
        long position = 0, area = 0;
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        for (var i = 0; i < counts.Length; position += counts[i], i++)
        {
            if (i % 2 == 0 || counts[i] == 0)
            {
                continue;
            }

            area += counts[i];
            var (firstColumn, firstRow) = Math.DivRem(position, size.Height);
            var (lastColumn, lastRow) = Math.DivRem(position + counts[i] - 1, size.Height);
            left = Math.Min(left, (int)firstColumn);
            right = (int)lastColumn;
            top = firstColumn != lastColumn ? 0 : Math.Min(top, (int)firstRow);
            bottom = firstColumn != lastColumn ? size.Height - 1 : Math.Max(bottom, (int)lastRow);
        }

        return (area, right < 0 ? default : new PixelRect(left, top, right - left + 1, bottom - top + 1));
    }
}
