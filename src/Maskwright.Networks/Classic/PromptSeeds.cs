using Maskwright.Segmentation;

namespace Maskwright.Networks.Classic;

/// <summary>The clicks of a prompt as working pixels that must lie inside or outside.</summary>
/// <remarks>A click fixes the working pixels around it, up to four, so that it also holds after the logits are enlarged. Where two clicks of different kinds share
/// a working pixel, the nearer one decides.</remarks>
internal sealed class PromptSeeds
{
    private readonly Dictionary<int, (bool IsPositive, double Distance)> _cells = [];

    /// <summary>Places the clicks.</summary>
    public PromptSeeds(IReadOnlyList<PromptPoint> points, WorkingImage image)
    {
        foreach (var point in points)
        {
            var (x, y) = image.Cell(point.X, point.Y);
            (point.IsPositive ? PositiveCells : NegativeCells).Add((y * image.Width) + x);
            Fix(point, image);
        }
    }

    /// <summary>The working pixel under each positive click.</summary>
    public List<int> PositiveCells { get; } = [];

    /// <summary>The working pixel under each negative click.</summary>
    public List<int> NegativeCells { get; } = [];

    /// <summary>Whether there is no click.</summary>
    public bool IsEmpty => _cells.Count == 0;

    /// <summary>Makes a mask obey.</summary>
    /// <param name="mask">[h,w] true inside.</param>
    public void Impose(bool[] mask)
    {
        foreach (var (cell, seed) in _cells)
        {
            mask[cell] = seed.IsPositive;
        }
    }

    /// <summary>The fixed pixels and their side.</summary>
    public IEnumerable<(int Cell, bool IsPositive)> Fixed => _cells.Select(c => (c.Key, c.Value.IsPositive));

    /// <summary>What the clicks say about the finest regions they lie in.</summary>
    public Dictionary<int, LeafSide> SidesOfLeaves(RegionGraph graph)
    {
        var sides = new Dictionary<int, LeafSide>();
        PositiveCells.ForEach(cell => sides[graph.Labels[cell]] = LeafSide.Inside);
        foreach (var leaf in NegativeCells.Select(cell => graph.Labels[cell]))
        {
            sides[leaf] = sides.TryGetValue(leaf, out var side) && side != LeafSide.Outside ? LeafSide.Disputed : LeafSide.Outside;
        }

        return sides;
    }

    /// <summary>Fixes the finest regions that hold clicks; where both kinds lie in one, it is inside until its pixels are parted.</summary>
    /// <param name="graph">The finest regions.</param>
    /// <param name="sides">Of each finest region: 1 inside, -1 outside, 0 open.</param>
    public void FixLeaves(RegionGraph graph, sbyte[] sides)
    {
        foreach (var (leaf, side) in SidesOfLeaves(graph))
        {
            sides[leaf] = (sbyte)(side == LeafSide.Outside ? -1 : 1);
        }
    }

    /// <summary>Whether the click nearest to a pixel is a positive one.</summary>
    public bool IsNearestPositive(int pixel, int width) => Nearest(PositiveCells, pixel, width) <= Nearest(NegativeCells, pixel, width);

    private static int Nearest(List<int> cells, int pixel, int width) => cells.Min(cell =>
    {
        int across = (cell % width) - (pixel % width), down = (cell / width) - (pixel / width);
        return (across * across) + (down * down);
    });

    private void Fix(PromptPoint point, WorkingImage image)
    {
        var x = Position(point.X, image.Original.Width, image.Width);
        var y = Position(point.Y, image.Original.Height, image.Height);
        foreach (var row in new[] { Math.Floor(y), Math.Ceiling(y) })
        {
            foreach (var column in new[] { Math.Floor(x), Math.Ceiling(x) })
            {
                var cell = ((int)Math.Clamp(row, 0, image.Height - 1) * image.Width) + (int)Math.Clamp(column, 0, image.Width - 1);
                var distance = Math.Abs(row - y) + Math.Abs(column - x);
                if (!_cells.TryGetValue(cell, out var seed) || distance < seed.Distance)
                {
                    _cells[cell] = (point.IsPositive, distance);
                }
            }
        }
    }

    /// <summary>Where the centre of the clicked pixel lies among the centres of the working pixels.</summary>
    private static double Position(double clicked, int imageSide, int workingSide)
    {
        var pixel = Math.Min(Math.Floor(clicked), imageSide - 1);
        return Math.Round(((pixel + 0.5) * workingSide / imageSide) - 0.5, 6);
    }
}
