using Maskwright.Graphs.Weights.Keys;
using static Maskwright.Graphs.Weights.Keys.KeyRule;

namespace Maskwright.Networks.Semantic;

/// <summary>The layout of torchvision's segmentation checkpoints, whose names these networks have taken over.</summary>
internal static class TorchvisionLayout
{
    /// <summary>All names as they are; the auxiliary head is left out where the network was built without it.</summary>
    public static IReadOnlyList<KeyMap> Of(bool hasAuxiliary) =>
    [
        new KeyMap("torchvision", [Ignore("{*module}.num_batches_tracked"), hasAuxiliary ? Keep("aux_classifier.{*name}") : Ignore("aux_classifier.{*name}"), Keep("{*name}")]),
    ];
}
