using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Backbones;
using static Maskwright.Graphs.Weights.Keys.KeyRule;

namespace Maskwright.Networks.DeepLab;

/// <summary>The checkpoint layouts of DeepLab v3+.</summary>
internal static class DeepLabKeyMap
{
    /// <summary>The names of VainF/DeepLabV3Plus-Pytorch, which calls MobileNet's blocks by the branch that reads them, and the network's own.</summary>
    public static IReadOnlyList<KeyMap> All(BackboneConfig backbone)
    {
        KeyRule[] common = [Ignore("{*module}.num_batches_tracked"), Keep("classifier.{*name}")];
        return backbone is not MobileNetV2Config
            ? [new KeyMap("VainF DeepLab v3+", [.. common, Keep("backbone.{*name}")])]
            : [new KeyMap("VainF DeepLab v3+", [.. common, Branch("low"), Branch("high")]), new KeyMap("Maskwright", [.. common, Keep("backbone.features.{*name}")])];
    }

    private static KeyRule Branch(string level) => Rename($"backbone.{level}_level_features.{{i}}.{{*name}}", "backbone.features.{i}.{*name}");
}
