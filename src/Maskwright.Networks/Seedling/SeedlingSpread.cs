using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>How easily a cell is reached from the clicks on the way of least hindrance, learned walls being hard to pass.</summary>
/// <remarks>
/// Geodesic distance (Criminisi et al. 2008 use it for interactive segmentation) by a fixed number of relaxations, each a 3x3 maximum; so it is an ordinary
/// part of the network and the walls are learned through it.
/// </remarks>
internal static class SeedlingSpread
{
    private const double Floor = 8;
    private const double Slope = 12;
    private const double LeastCost = 0.05;
    private const double WallCost = 3;

    /// <summary>Spreads clicks and what lies outside the box.</summary>
    /// <param name="g">In any scope.</param>
    /// <param name="seeds">[P,2,h,w] in [0,1]: where the object is known to be, and where it is known not to be.</param>
    /// <param name="walls">[1 or P,G,h,w] in [0,1].</param>
    /// <param name="steps">Relaxations; as many cells far does anything reach.</param>
    /// <returns>[P,2*G,h,w] in [0,1]: 1 at a seed, 0 out of reach.</returns>
    public static Value Describe(GraphBuilder g, Value seeds, Value walls, int steps)
    {
        var kinds = (int)walls.Shape[1].Size!.Value; // a number of the configuration
        var start = g.Multiply(g.Relu(g.Subtract(g.Number(Floor), g.Multiply(seeds, Slope))), -1.0);
        var reach = g.Gather(start, 1, [.. Enumerable.Repeat(0L, kinds), .. Enumerable.Repeat(1L, kinds)]); // [P,2*G,h,w]
        var cost = g.Add(g.Multiply(g.Concat(1, walls, walls), WallCost), LeastCost);
        for (var i = 0; i < steps; i++)
        {
            reach = g.Maximum(reach, g.Subtract(g.MaxPool2d(reach, kernel: 3, stride: 1, padding: 1), cost));
        }

        return g.Add(g.Multiply(reach, 1 / Floor), 1.0);
    }
}
