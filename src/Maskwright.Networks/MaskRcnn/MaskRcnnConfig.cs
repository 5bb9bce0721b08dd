using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Backbones;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>The sizes and thresholds of a Mask R-CNN with a feature pyramid.</summary>
/// <remarks>He et al. 2017, Lin et al. 2017; names and defaults are those of torchvision 0.14.1.</remarks>
public sealed record MaskRcnnConfig
{
    /// <summary>The name by which a person chooses the network.</summary>
    public required string Name { get; init; }

    /// <summary>Classes, background (0) counted.</summary>
    public int ClassCount { get; init; } = 91;

    /// <summary>What makes the maps of strides 4 to 32. Its epsilon is 0 for torchvision's published v1 weights.</summary>
    public BackboneConfig Backbone { get; init; } = ResNetConfig.ResNet50;

    /// <summary>Channels of every map of the pyramid.</summary>
    public int PyramidWidth { get; init; } = 256;

    /// <summary>Whether the convolutions of the pyramid and of the heads are normalised, as in v2.</summary>
    public bool NormalisedHeads { get; init; }

    /// <summary>3x3 convolutions of the proposal head.</summary>
    public int ProposalConvolutions { get; init; } = 1;

    /// <summary>3x3 convolutions of the box head; without any it has two hidden layers, else one.</summary>
    public int BoxConvolutions { get; init; }

    /// <summary>Width of the box head's hidden layers.</summary>
    public int BoxWidth { get; init; } = 1024;

    /// <summary>3x3 convolutions of the mask head.</summary>
    public int MaskConvolutions { get; init; } = 4;

    /// <summary>Side of a square anchor on each of the five maps, in pixels.</summary>
    public IReadOnlyList<double> AnchorSides { get; init; } = [32, 64, 128, 256, 512];

    /// <summary>Heights over widths of the anchors.</summary>
    public IReadOnlyList<double> AnchorRatios { get; init; } = [0.5, 1, 2];

    /// <summary>What the image's shorter side is resized to, in pixels.</summary>
    public int ShorterSide { get; init; } = 800;

    /// <summary>What its longer side may not exceed then, in pixels.</summary>
    public int LongerSide { get; init; } = 1333;

    /// <summary>Proposals that each map may send to suppression.</summary>
    public int ProposalsBeforeSuppression { get; init; } = 1000;

    /// <summary>Proposals that go on.</summary>
    public int ProposalsAfterSuppression { get; init; } = 1000;

    /// <summary>IoU above which the lesser of two proposals goes.</summary>
    public double ProposalIouThreshold { get; init; } = 0.7;

    /// <summary>Score that a detection must exceed.</summary>
    public double ScoreThreshold { get; init; } = 0.05;

    /// <summary>IoU above which the lesser of two detections of a class goes.</summary>
    public double DetectionIouThreshold { get; init; } = 0.5;

    /// <summary>The most detections an image.</summary>
    public int DetectionsPerImage { get; init; } = 100;

    /// <summary>torchvision's <c>maskrcnn_resnet50_fpn</c> as its weights are published: frozen normalisations with epsilon 0; 44.4 million parameters.</summary>
    public static MaskRcnnConfig ResNet50 { get; } = new() { Name = "mask-rcnn-resnet50-fpn", Backbone = ResNetConfig.ResNet50 with { BatchNormEpsilon = 0 } };

    /// <summary>torchvision's <c>maskrcnn_resnet50_fpn_v2</c>: 46.4 million parameters.</summary>
    public static MaskRcnnConfig ResNet50V2 { get; } = new()
    {
        Name = "mask-rcnn-resnet50-fpn-v2",
        NormalisedHeads = true,
        ProposalConvolutions = 2,
        BoxConvolutions = 4,
    };

    /// <summary>A small form for training on few images: ResNet-18, narrow heads, 256 to 512 pixels.</summary>
    public static MaskRcnnConfig ResNet18Small { get; } = new()
    {
        Name = "mask-rcnn-resnet18-small",
        Backbone = ResNetConfig.ResNet18,
        PyramidWidth = 64,
        BoxWidth = 256,
        MaskConvolutions = 2,
        NormalisedHeads = true,
        AnchorSides = [16, 32, 64, 128, 256],
        ShorterSide = 256,
        LongerSide = 512,
    };

    /// <summary>Smaller still, for processors and small objects: half the channels, anchors from 12 pixels on, 384 to 640 pixels, many detections; 4.0 million parameters with one class.</summary>
    public static MaskRcnnConfig ResNet18Tiny { get; } = ResNet18Small with
    {
        Name = "mask-rcnn-resnet18-tiny",
        Backbone = ResNetConfig.ResNet18 with { Width = 32 },
        AnchorSides = [12, 24, 48, 96, 192],
        ShorterSide = 384,
        LongerSide = 640,
        DetectionsPerImage = 300,
    };

    /// <summary>On Seedling's encoder, for few photos of everyday things: can begin from the weights inside this library; anchors from 24 pixels on, 320 to 512 pixels.</summary>
    public static MaskRcnnConfig Seedling { get; } = ResNet18Small with
    {
        Name = "mask-rcnn-seedling",
        Backbone = ResNetConfig.Seedling,
        AnchorSides = [24, 48, 96, 192, 384],
        ShorterSide = 320,
    };

    /// <summary>Every preset.</summary>
    public static IReadOnlyList<MaskRcnnConfig> Presets { get; } = [ResNet50, ResNet50V2, ResNet18Small, ResNet18Tiny, Seedling];

    /// <summary>The checkpoint layouts that the network reads.</summary>
    public static IReadOnlyList<KeyMap> Layouts => MaskRcnnKeyMap.All;

    /// <summary>Anchors a cell.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int AnchorsPerCell => AnchorRatios.Count;
}
