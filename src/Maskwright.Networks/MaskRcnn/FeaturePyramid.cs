using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>Maps of one width at every stride: each is a backbone's map plus the next coarser one, enlarged.</summary>
/// <remarks>Lin et al. 2017; torchvision <c>FeaturePyramidNetwork</c> with the extra pooled map, at 0.14.1.</remarks>
internal static class FeaturePyramid
{
    /// <param name="g">The network, in the scope of the pyramid.</param>
    /// <param name="maps">[B,C,h,w], finest first.</param>
    /// <param name="config">Width and normalisation.</param>
    /// <returns>As many maps of one width, and one of half the last's size.</returns>
    public static IReadOnlyList<Value> Describe(GraphBuilder g, IReadOnlyList<Value> maps, MaskRcnnConfig config)
    {
        var results = new Value[maps.Count + 1];
        Value? coarser = null;
        for (var level = maps.Count - 1; level >= 0; level--)
        {
            var lateral = Block(g.Scope($"inner_blocks.{level}"), maps[level], 1, config);
            coarser = coarser is null ? lateral : g.Add(lateral, g.ResizeLike(coarser, lateral, Interpolation.Nearest));
            results[level] = Block(g.Scope($"layer_blocks.{level}"), coarser, 3, config);
        }

        results[^1] = g.MaxPool2d(results[^2], 1, 2);
        return results;
    }

    private static Value Block(GraphBuilder g, Value x, int kernel, MaskRcnnConfig config)
    {
        x = g.Conv2d(x, "0", new Dim("pyramid", config.PyramidWidth), kernel, padding: kernel / 2, bias: !config.NormalisedHeads);
        return config.NormalisedHeads ? g.BatchNorm2d(x, "1") : x;
    }
}
