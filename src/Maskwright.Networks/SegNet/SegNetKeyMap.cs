using Maskwright.Graphs.Weights.Keys;
using static Maskwright.Graphs.Weights.Keys.KeyRule;

namespace Maskwright.Networks.SegNet;

/// <summary>The checkpoint layouts of SegNet.</summary>
internal static class SegNetKeyMap
{
    /// <summary>The names of say4n/pytorch-segnet, which the network has taken over; its checkpoints carry an unused VGG-16.</summary>
    public static IReadOnlyList<KeyMap> All { get; } =
    [
        new KeyMap("say4n SegNet", [Ignore("{*module}.num_batches_tracked"), Ignore("vgg16.{*name}"), Keep("encoder_conv_{n}.{*name}"), Keep("decoder_convtr_{n}.{*name}"), Keep("classifier.{p}")]),
    ];
}
