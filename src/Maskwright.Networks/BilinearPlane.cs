using Maskwright.Geometry;

namespace Maskwright.Networks;

/// <summary>A plane of numbers at another size: bilinear with half-pixel centres and without smoothing, as PyTorch's <c>interpolate</c>.</summary>
internal static class BilinearPlane
{
    /// <summary>One plane at another size.</summary>
    /// <param name="source">[h,w], row by row.</param>
    /// <param name="height">h.</param>
    /// <param name="width">w.</param>
    /// <param name="newHeight">Rows of the result.</param>
    /// <param name="newWidth">Columns of the result.</param>
    /// <param name="target">[newHeight,newWidth].</param>
    public static void Resize(ReadOnlySpan<float> source, int height, int width, int newHeight, int newWidth, Span<float> target)
    {
        var (rows, columns) = (Axis(height, newHeight), Axis(width, newWidth));
        for (var y = 0; y < newHeight; y++)
        {
            var row = rows[y];
            var above = source.Slice(row.First * width, width);
            var below = source.Slice(row.Second * width, width);
            for (var x = 0; x < newWidth; x++)
            {
                var column = columns[x];
                var upper = ((1 - column.Share) * above[column.First]) + (column.Share * above[column.Second]);
                var lower = ((1 - column.Share) * below[column.First]) + (column.Share * below[column.Second]);
                target[(y * newWidth) + x] = ((1 - row.Share) * upper) + (row.Share * lower);
            }
        }
    }

    /// <summary>Several planes at another size; the same array where that is theirs already.</summary>
    /// <param name="planes">[count,h,w].</param>
    /// <param name="count">How many.</param>
    /// <param name="from">w and h.</param>
    /// <param name="to">The new size.</param>
    /// <returns>[count,h,w] of the new size.</returns>
    public static float[] Resize(float[] planes, int count, ImageSize from, ImageSize to)
    {
        if (from == to)
        {
            return planes;
        }

        var (old, plane, resized) = ((int)from.PixelCount, (int)to.PixelCount, new float[count * to.PixelCount]);
        Parallel.For(0, count, c => Resize(planes.AsSpan(c * old, old), from.Height, from.Width, to.Height, to.Width, resized.AsSpan(c * plane, plane)));
        return resized;
    }

    /// <summary>For every place of an axis the two places of another that it lies between, and the second's share.</summary>
    /// <param name="size">Places of the axis that is read.</param>
    /// <param name="newSize">Places of the result.</param>
    public static (int First, int Second, float Share)[] Axis(int size, int newSize)
    {
        var scale = (float)size / newSize;
        return [.. Enumerable.Range(0, newSize).Select(i =>
        {
            var at = Math.Max(0, (scale * (i + 0.5f)) - 0.5f);
            var first = Math.Min((int)at, size - 1);
            return (first, Math.Min(first + 1, size - 1), at - first);
        })];
    }
}
