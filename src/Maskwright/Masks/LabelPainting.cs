using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>Paints run-length masks over one another into a map of labels.</summary>
/// <remarks>Runs go down the columns, so the map is painted column by column, where a run is one contiguous stretch, and turned over once at the end.</remarks>
internal static class LabelPainting
{
    private const int Block = 32; // 32 x 32 labels of four bytes: both sides of a turned block stay in the first-level cache

    /// <summary>Paints masks in order, later ones over earlier ones.</summary>
    /// <param name="size">The size of every mask.</param>
    /// <param name="masks">The masks; the first gets label 1.</param>
    /// <returns>[H,W] labels, row by row; 0 where no mask is.</returns>
    public static int[] Paint(ImageSize size, IEnumerable<RunLengthMask> masks)
    {
        var columns = new int[size.PixelCount];
        var label = 0;
        foreach (var mask in masks)
        {
            label++;
            long position = 0;
            for (var i = 0; i < mask.Counts.Length; position += mask.Counts[i], i++)
            {
                if (i % 2 == 1)
                {
                    columns.AsSpan((int)position, (int)mask.Counts[i]).Fill(label);
                }
            }
        }

        return Turn(columns, size);
    }

    private static int[] Turn(int[] columns, ImageSize size)
    {
        var rows = new int[columns.Length];
        for (var top = 0; top < size.Height; top += Block)
        {
            var bottom = Math.Min(top + Block, size.Height);
            for (var left = 0; left < size.Width; left += Block)
            {
                var right = Math.Min(left + Block, size.Width);
                for (var y = top; y < bottom; y++)
                {
                    for (var x = left; x < right; x++)
                    {
                        rows[(y * size.Width) + x] = columns[(x * size.Height) + y];
                    }
                }
            }
        }

        return rows;
    }
}
