using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Networks.Classic;

/// <summary>Shrinks an image so that every new pixel is the mean of the area it covers.</summary>
internal static class AreaResampling
{
    /// <summary>Shrinks; no side may grow.</summary>
    /// <returns>[h,w,3] sRGB bytes.</returns>
    public static byte[] Shrink(RgbImage image, ImageSize size)
    {
        var columns = Overlaps(image.Width, size.Width);
        var rows = Overlaps(image.Height, size.Height);
        var result = new byte[size.PixelCount * 3];
        Parallel.For(0, size.Height, () => new float[size.Width * 3], (y, _, sums) =>
        {
            Array.Clear(sums);
            for (var i = 0; i < rows[y].Weights.Length; i++)
            {
                AddRow(image.Row(rows[y].First + i), columns, rows[y].Weights[i], sums);
            }

            for (var i = 0; i < sums.Length; i++)
            {
                result[(y * sums.Length) + i] = (byte)(sums[i] + 0.5f);
            }

            return sums;
        }, _ => { });
        return result;
    }

    private static void AddRow(ReadOnlySpan<byte> row, (int First, float[] Weights)[] columns, float rowWeight, float[] sums)
    {
        for (var x = 0; x < columns.Length; x++)
        {
            float red = 0, green = 0, blue = 0;
            var at = columns[x].First * 3;
            foreach (var weight in columns[x].Weights)
            {
                red += weight * row[at];
                green += weight * row[at + 1];
                blue += weight * row[at + 2];
                at += 3;
            }

            sums[x * 3] += rowWeight * red;
            sums[(x * 3) + 1] += rowWeight * green;
            sums[(x * 3) + 2] += rowWeight * blue;
        }
    }

    private static (int First, float[] Weights)[] Overlaps(int from, int to)
    {
        var overlaps = new (int, float[])[to];
        var step = (double)from / to;
        for (var i = 0; i < to; i++)
        {
            double start = i * step, end = (i + 1) * step;
            var first = (int)start;
            var last = Math.Min(from, (int)Math.Ceiling(end - 1e-9));
            var weights = new float[last - first];
            for (var j = first; j < last; j++)
            {
                weights[j - first] = (float)((Math.Min(end, j + 1) - Math.Max(start, j)) / step);
            }

            overlaps[i] = (first, weights);
        }

        return overlaps;
    }
}
