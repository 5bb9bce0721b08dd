using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>A mask as run lengths in COCO's convention: pixels column by column, counts alternating between outside and inside, outside first.</summary>
/// <remarks>The first count is 0 when the very first pixel is inside. Only the first count may be 0. pycocotools <c>maskApi</c>.</remarks>
public sealed class RunLengthMask : IEquatable<RunLengthMask>
{
    private readonly uint[] _counts;

    private RunLengthMask(ImageSize size, uint[] counts, long area, PixelRect bounds)
    {
        Size = size;
        _counts = counts;
        Area = area;
        Bounds = bounds;
    }

    /// <summary>Width and height of the image that the mask lies on.</summary>
    public ImageSize Size { get; }

    /// <summary>Run lengths, column-major, outside first.</summary>
    public ReadOnlySpan<uint> Counts => _counts;

    /// <summary>The number of set pixels.</summary>
    public long Area { get; }

    /// <summary>The smallest rectangle that holds every set pixel, half-open; empty at (0, 0) for an empty mask.</summary>
    public PixelRect Bounds { get; }

    /// <summary>Takes run lengths as they stand in a file.</summary>
    /// <param name="size">Width and height in pixels, each at least 1.</param>
    /// <param name="counts">Run lengths, column-major, outside first; must sum to the number of pixels.</param>
    /// <exception cref="ArgumentException">The counts do not sum to the number of pixels.</exception>
    public static RunLengthMask FromCounts(ImageSize size, ReadOnlySpan<uint> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Width, nameof(size));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Height, nameof(size));
        long sum = 0;
        foreach (var count in counts)
        {
            sum += count;
        }

        if (sum != size.PixelCount)
        {
            throw new ArgumentException($"The run lengths sum to {sum}, but a mask of {size} has {size.PixelCount} pixels.", nameof(counts));
        }

        return Measure(size, counts.ToArray());
    }

    /// <summary>Encodes a bit mask.</summary>
    /// <param name="mask">The mask to encode.</param>
    public static RunLengthMask FromMask(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var counts = new List<uint>();
        var inside = false;
        uint run = 0;
        for (var x = 0; x < mask.Width; x++)
        {
            for (var y = 0; y < mask.Height; y++)
            {
                if (mask[x, y] != inside)
                {
                    counts.Add(run);
                    run = 0;
                    inside = !inside;
                }

                run++;
            }
        }

        counts.Add(run);
        return Measure(mask.Size, [.. counts]);
    }

    /// <summary>Decodes to one bit a pixel.</summary>
    public BinaryMask ToBinaryMask()
    {
        var mask = new BinaryMask(Size);
        long position = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            for (var end = position + _counts[i]; position < end; position++)
            {
                if (i % 2 == 1)
                {
                    mask[(int)(position / Size.Height), (int)(position % Size.Height)] = true;
                }
            }
        }

        return mask;
    }

    /// <summary>Whether both masks have the same size and the same run lengths.</summary>
    /// <param name="other">The mask to compare with.</param>
    public bool Equals(RunLengthMask? other) => other is not null && Size == other.Size && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RunLengthMask);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Size, Area, Bounds);

    private static RunLengthMask Measure(ImageSize size, uint[] counts)
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
            var last = position + counts[i] - 1;
            left = Math.Min(left, (int)(position / size.Height));
            right = Math.Max(right, (int)(last / size.Height));
            var spansColumns = position / size.Height != last / size.Height;
            top = spansColumns ? 0 : Math.Min(top, (int)(position % size.Height));
            bottom = spansColumns ? size.Height - 1 : Math.Max(bottom, (int)(last % size.Height));
        }

        var bounds = right < 0 ? default : new PixelRect(left, top, right - left + 1, bottom - top + 1);
        return new RunLengthMask(size, counts, area, bounds);
    }
}
