using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Overlays;

/// <summary>Finds the place in each mask's visible part that lies farthest from its border.</summary>
/// <remarks>Distances are counted in steps along rows, columns and diagonals (chamfer 3-4) on a coarse grid.</remarks>
internal static class NumberPlacement
{
    private const int TargetSide = 1000; // samples along the longer side
    private const int Straight = 3;
    private const int Diagonal = 4;

    /// <summary>A position in image pixels, and how far it is from the mask's border.</summary>
    internal readonly record struct Place(double X, double Y, double Radius);

    /// <summary>Finds the places.</summary>
    /// <param name="labels">The masks as <see cref="LabelMap.FromProposals"/> draws them.</param>
    /// <param name="proposals">The masks.</param>
    /// <returns>A place a mask, in the masks' order; null for a mask that others cover wholly.</returns>
    public static IReadOnlyList<Place?> Find(LabelMap labels, IReadOnlyList<MaskProposal> proposals)
    {
        var step = Math.Max(1, labels.Size.LongestSide / TargetSide);
        var (width, height) = ((labels.Size.Width + step - 1) / step, (labels.Size.Height + step - 1) / step);
        var grid = Sample(labels, step, width, height);
        var distances = Distances(grid, width, height);
        var order = LabelMap.OrderByArea(proposals);
        var best = new int[proposals.Count];
        Array.Fill(best, -1);
        for (var i = 0; i < grid.Length; i++)
        {
            if (grid[i] > 0 && order[grid[i] - 1] is var mask && (best[mask] < 0 || distances[i] > distances[best[mask]]))
            {
                best[mask] = i;
            }
        }

        var places = best.Select(i => i < 0
            ? (Place?)null
            : new Place((i % width * step) + (step / 2.0), (i / width * step) + (step / 2.0), distances[i] * step / (double)Straight)).ToArray();
        for (var label = 1; label <= order.Count; label++)
        {
            places[order[label - 1]] ??= FirstPixel(labels, label, proposals[order[label - 1]].Bounds);
        }

        return places;
    }

    // For what slips through the grid.
    private static Place? FirstPixel(LabelMap labels, int label, PixelRect bounds)
    {
        for (var y = bounds.Y; y < bounds.Bottom; y++)
        {
            if (labels.Row(y).Slice(bounds.X, bounds.Width).IndexOf(label) is >= 0 and var x)
            {
                return new Place(bounds.X + x + 0.5, y + 0.5, 0.5);
            }
        }

        return null;
    }

    private static int[] Sample(LabelMap labels, int step, int width, int height)
    {
        var grid = new int[width * height];
        for (var i = 0; i < grid.Length; i++)
        {
            grid[i] = labels.Row(i / width * step)[i % width * step];
        }

        return grid;
    }

    private static int[] Distances(int[] grid, int width, int height)
    {
        var distances = new int[grid.Length];
        Array.Fill(distances, int.MaxValue / 2);
        for (var i = 0; i < grid.Length; i++)
        {
            Relax(i, i % width, i / width, -1);
        }

        for (var i = grid.Length - 1; i >= 0; i--)
        {
            Relax(i, i % width, i / width, 1);
        }

        return distances;

        // Looks at the four neighbours that come before (or after) in reading order.
        void Relax(int i, int x, int y, int side)
        {
            From(i, x + side, y, Straight);
            From(i, x - 1, y + side, Diagonal);
            From(i, x, y + side, Straight);
            From(i, x + 1, y + side, Diagonal);
        }

        void From(int i, int x, int y, int cost)
        {
            var isOutside = (uint)x >= (uint)width || (uint)y >= (uint)height;
            var before = isOutside || grid[(y * width) + x] != grid[i] ? 0 : distances[(y * width) + x];
            distances[i] = Math.Min(distances[i], before + cost);
        }
    }
}
