using System.Buffers;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Exact Euclidean distances to a mask's outside, in time linear in the pixels.</summary>
/// <remarks>
/// Meijster, Roerdink, Hesselink 2000: distances along columns, then the lower envelope of parabolas along rows. The squares are those of scipy's
/// <c>distance_transform_edt</c>. The image's border is no outside. Deviation: without any pixel outside, distances are unreachable rather than arbitrary.
/// </remarks>
public static class DistanceTransform
{
    /// <summary>Measures how deep every pixel lies in the mask.</summary>
    /// <param name="mask">The mask; the sum of its squared sides fits an <see cref="int"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mask is too large for whole squares.</exception>
    public static DistanceMap Of(BinaryMask mask)
    {
        var size = CheckSize(mask);
        var width = size.Width;
        var columns = ArrayPool<ushort>.Shared.Rent(checked((size.Height + 2) * width));
        columns.AsSpan(0, width).Fill(ColumnDistances.None);
        columns.AsSpan((size.Height + 1) * width, width).Fill(ColumnDistances.None);
        for (var y = 0; y < size.Height; y++)
        {
            ColumnDistances.Down(mask.Row(y), columns.AsSpan(y * width, width), columns.AsSpan((y + 1) * width, width));
        }

        var squared = GC.AllocateUninitializedArray<int>((int)size.PixelCount);
        var row = new RowDistances(width);
        for (var y = size.Height - 1; y >= 0; y--)
        {
            var column = columns.AsSpan((y + 1) * width, width);
            ColumnDistances.Up(columns.AsSpan((y + 2) * width, width), column);
            row.Fill(mask.Row(y), column, squared.AsSpan(y * width, width));
        }

        ArrayPool<ushort>.Shared.Return(columns);
        return new DistanceMap(size, squared);
    }

    /// <summary>Distances to the border from both sides.</summary>
    /// <param name="mask">The mask; the sum of its squared sides fits an <see cref="int"/>.</param>
    /// <returns>[H,W] in pixels: inside the mask the distance to the nearest pixel outside, positive; outside it the distance to the nearest pixel inside,
    /// negative. Infinite where there is no such pixel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The mask is too large for whole squares.</exception>
    public static float[] Signed(BinaryMask mask)
    {
        var inside = Of(mask);
        var outside = Of(MaskComplement.Of(mask));
        var signed = new float[inside.Squared.Length];
        for (var i = 0; i < signed.Length; i++)
        {
            signed[i] = inside.Squared[i] != 0 ? DistanceMap.Root(inside.Squared[i]) : -DistanceMap.Root(outside.Squared[i]);
        }

        return signed;
    }

    /// <summary>The specification of <see cref="Of"/>: every pixel against every pixel outside.</summary>
    internal static DistanceMap OfScalar(BinaryMask mask)
    {
        var width = mask.Width;
        int[] outside = [.. Enumerable.Range(0, width * mask.Height).Where(i => !mask[i % width, i / width])];
        var squared = new int[width * mask.Height];
        for (var i = 0; i < squared.Length; i++)
        {
            squared[i] = DistanceMap.Unreachable;
            foreach (var j in outside)
            {
                var (dx, dy) = ((i % width) - (j % width), (i / width) - (j / width));
                squared[i] = Math.Min(squared[i], (dx * dx) + (dy * dy));
            }
        }

        return new DistanceMap(mask.Size, squared);
    }

    private static ImageSize CheckSize(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var (width, height) = ((long)mask.Width, (long)mask.Height);
        return (width * width) + (height * height) < int.MaxValue
            ? mask.Size
            : throw new ArgumentOutOfRangeException(nameof(mask), $"Squared distances in a mask of {mask.Size} do not fit 32 bits.");
    }
}
