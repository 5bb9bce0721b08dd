using Maskwright.Graphs.Weights.Keys;
using static Maskwright.Graphs.Weights.Keys.KeyRule;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>The checkpoint layouts of Mask R-CNN.</summary>
internal static class MaskRcnnKeyMap
{
    /// <summary>torchvision's names since 0.13, which the network has taken over, and those of the weights published before, which name some layers without their blocks.</summary>
    public static IReadOnlyList<KeyMap> All { get; } =
    [
        new KeyMap("torchvision",
        [
            Ignore("{*module}.num_batches_tracked"),
            Rename("backbone.fpn.inner_blocks.{i}.{p}", "backbone.fpn.inner_blocks.{i}.0.{p}"),
            Rename("backbone.fpn.layer_blocks.{i}.{p}", "backbone.fpn.layer_blocks.{i}.0.{p}"),
            Rename("rpn.head.conv.{p}", "rpn.head.conv.0.0.{p}"),
            .. Enumerable.Range(0, 4).Select(i => Rename($"roi_heads.mask_head.mask_fcn{i + 1}.{{p}}", $"roi_heads.mask_head.{i}.0.{{p}}")),
            Keep("backbone.{*name}"),
            Keep("rpn.{*name}"),
            Keep("roi_heads.{*name}"),
        ]),
    ];
}
