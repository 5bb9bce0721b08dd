using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Backbones;
using static Maskwright.Graphs.Weights.Keys.KeyRule;

namespace Maskwright.Networks.Fcn;

/// <summary>The checkpoint layouts of the paper's networks on VGG-16.</summary>
internal static class FcnKeyMap
{
    /// <summary>The network's own names, and the layer names of the paper (<c>conv1_1</c>), as wkentaro/pytorch-fcn has them.</summary>
    public static IReadOnlyList<KeyMap> Skip(VggConfig backbone) =>
    [
        new KeyMap("Maskwright", [Ignore("{*module}.num_batches_tracked"), Keep("{*name}")]),
        new KeyMap("layer names of the paper", [.. PaperNames(backbone), Keep("fc{n}.{p}"), Keep("score_fr.{p}"), Keep("score_pool{n}.{p}"), Keep("upscore{n}.{p}"), Keep("upscore_pool4.{p}"), Keep("upscore.{p}")]),
    ];

    private static IEnumerable<KeyRule> PaperNames(VggConfig backbone)
    {
        var index = 0;
        for (var stage = 0; stage < backbone.Convolutions.Count; stage++, index++)
        {
            for (var i = 0; i < backbone.Convolutions[stage]; i++, index += backbone.BatchNorm ? 3 : 2)
            {
                yield return Rename($"conv{stage + 1}_{i + 1}.{{p}}", $"features.{index}.{{p}}");
            }
        }
    }
}
