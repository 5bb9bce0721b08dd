using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>Pairs the pixels of two boundary maps one to one, within a distance: as many pairs as possible, as close as possible.</summary>
/// <remarks>
/// Martin, Fowlkes, Malik 2004, BSDS <c>correspondPixels</c>. Deviation: the reference leaves pixels out through a random sparse graph, so that its counts
/// change by a few pixels from run to run; here the assignment is exact.
/// </remarks>
public static class BoundaryMatching
{
    /// <summary>The customary largest distance as a share of the image's diagonal.</summary>
    public const double CustomaryRatio = 0.0075;

    private const int CostsPerPixel = 100;
    private const int LeaveOutPixels = 1_000_000;

    /// <summary>Pairs pixels.</summary>
    /// <param name="first">A boundary map, thin.</param>
    /// <param name="second">A boundary map of the same size.</param>
    /// <param name="diagonalRatio">The largest distance as a share of the image's diagonal.</param>
    /// <returns>The pixels of either map that have a partner.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static (BinaryMask First, BinaryMask Second) Match(BinaryMask first, BinaryMask second, double diagonalRatio = CustomaryRatio)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfNegative(diagonalRatio);
        if (first.Size != second.Size)
        {
            throw new ArgumentException($"Both maps must have one size; they have {first.Size} and {second.Size}.", nameof(second));
        }

        var (width, height) = (first.Width, first.Height);
        var reach = Reach(diagonalRatio * Math.Sqrt(((double)width * width) + ((double)height * height)));
        var (rows, columns) = (Pixels(first), Pixels(second));
        var numbers = new int[width * height];
        Array.Fill(numbers, -1);
        for (var c = 0; c < columns.Count; c++)
        {
            numbers[columns[c]] = c;
        }

        var (firstEdge, ends, costs) = Edges(rows, numbers, width, height, reach);
        var assigned = new SparseAssignment(firstEdge, ends, costs, columns.Count, LeaveOutPixels * CostsPerPixel).Solve();
        var (one, other) = (new BinaryMask(first.Size), new BinaryMask(first.Size));
        for (var r = 0; r < assigned.Length; r++)
        {
            if (assigned[r] >= 0)
            {
                one[rows[r] % width, rows[r] / width] = true;
                other[columns[assigned[r]] % width, columns[assigned[r]] / width] = true;
            }
        }

        return (one, other);
    }

    private static List<(int X, int Y, int Cost)> Reach(double pixels)
    {
        var far = (int)Math.Floor(pixels);
        return
        [
            .. from dy in Enumerable.Range(-far, (2 * far) + 1)
               from dx in Enumerable.Range(-far, (2 * far) + 1)
               let squared = (dx * dx) + (dy * dy)
               where squared <= pixels * pixels
               orderby squared
               select (dx, dy, (int)Math.Round(CostsPerPixel * Math.Sqrt(squared))),
        ];
    }

    private static List<int> Pixels(BinaryMask mask)
    {
        var pixels = new List<int>();
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                if (mask[x, y])
                {
                    pixels.Add((y * mask.Width) + x);
                }
            }
        }

        return pixels;
    }

    private static (int[] FirstEdge, int[] Ends, int[] Costs) Edges(List<int> rows, int[] numbers, int width, int height, List<(int X, int Y, int Cost)> reach)
    {
        var firstEdge = new int[rows.Count + 1];
        var (ends, costs) = (new List<int>(), new List<int>());
        for (var r = 0; r < rows.Count; r++)
        {
            var (y, x) = Math.DivRem(rows[r], width);
            foreach (var (dx, dy, cost) in reach)
            {
                if ((uint)(x + dx) < (uint)width && (uint)(y + dy) < (uint)height && numbers[((y + dy) * width) + x + dx] is >= 0 and var end)
                {
                    ends.Add(end);
                    costs.Add(cost);
                }
            }

            firstEdge[r + 1] = ends.Count;
        }

        return (firstEdge, [.. ends], [.. costs]);
    }
}
