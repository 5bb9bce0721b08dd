using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>The top-down path, what the decoder gets of it, and the two dense maps.</summary>
internal static class SeedlingNeck
{
    private const int WallWidth = 16;
    private const int ObjectnessWidth = 32;

    public static SeedlingFeatures Describe(GraphBuilder g, IReadOnlyList<Value> stages, SeedlingConfig config)
    {
        var top = SeedlingEncoder.Unit(g, stages[3], "neck.32", config.Coarse.Neck, kernel: 1, activate: false);
        top = config.Body is null ? top : SeedlingEncoder.Context(g.Scope("context"), top, config.ContextHeads);
        var coarse = Merge(g.Scope("neck.16"), stages[2], top, config.Coarse.Neck);
        var middle = Merge(g.Scope("neck.8"), stages[1], SeedlingEncoder.Unit(g, coarse, "neck.16.down", config.Middle.Neck, kernel: 1, activate: false), config.Middle.Neck);
        var fine = Merge(g.Scope("neck.4"), stages[0], SeedlingEncoder.Unit(g, middle, "neck.8.down", config.Fine.Neck, kernel: 1, activate: false), config.Fine.Neck);

        var walls = SeedlingEncoder.Unit(g, middle, "walls.0", WallWidth, stride: 2);
        return new SeedlingFeatures(
            Hand(g.Scope("hand.4"), fine, config.Fine),
            Hand(g.Scope("hand.8"), middle, config.Middle),
            g.Concat(1, Hand(g.Scope("hand.16"), coarse, config.Coarse), g.Sigmoid(g.Conv2d(walls, "walls.1", config.Walls, kernel: 1))),
            g.Conv2d(fine, "boundary", 1, kernel: 3, padding: 1),
            g.Conv2d(SeedlingEncoder.Unit(g, middle, "objectness.0", ObjectnessWidth), "objectness.1", 1, kernel: 1),
            stages[3]);
    }

    private static Value Merge(GraphBuilder g, Value lateral, Value above, int channels)
    {
        var sum = g.Add(SeedlingEncoder.Unit(g, lateral, "lateral", channels, kernel: 1, activate: false), g.Enlarge(above, 2));
        return SeedlingEncoder.Unit(g, g.Relu(sum), "merge", channels);
    }

    // Features are normalised over the batch, keys to length one for every cell and head.
    private static Value Hand(GraphBuilder g, Value x, SeedlingLevel level)
    {
        var features = SeedlingEncoder.Unit(g, x, "features", level.Features, kernel: 1, activate: false);
        return g.Concat(1, features, UnitVectors(g, SeedlingEncoder.Unit(g, x, "keys", level.Keys, kernel: 1, activate: false), level));
    }

    private static Value UnitVectors(GraphBuilder g, Value keys, SeedlingLevel level)
    {
        var (batch, height, width) = (keys.Shape[0], keys.Shape[2], keys.Shape[3]);
        var heads = g.Reshape(keys, batch, level.Heads, level.HeadWidth, height.Times(width)); // [B,n,d,h*w]
        var length = g.Sqrt(g.Add(g.Sum(g.Multiply(heads, heads), [2]), 1e-4)); // [B,n,1,h*w]
        return g.Reshape(g.Divide(heads, length), batch, level.Keys, height, width);
    }
}
