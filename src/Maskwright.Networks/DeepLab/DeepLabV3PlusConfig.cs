using System.Text.Json.Serialization;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Semantic;

namespace Maskwright.Networks.DeepLab;

/// <summary>DeepLab v3+: the atrous pyramid's map joined with one of stride 4 before the scores.</summary>
/// <remarks>Chen et al. 2018, in the form of VainF/DeepLabV3Plus-Pytorch at 4e1087d.</remarks>
public sealed record DeepLabV3PlusConfig : SemanticNetworkConfig
{
    private const double PyramidDropout = 0.1;

    /// <summary>What makes the maps; its output stride is 8 or 16.</summary>
    public BackboneConfig Backbone { get; init; } = ResNetConfig.ResNet50 with { OutputStride = 16 };

    /// <summary>Dilations of the pyramid at output stride 16; doubled at 8.</summary>
    public IReadOnlyList<int> Rates { get; init; } = [6, 12, 18];

    /// <summary>Channels of the pyramid and of the head.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Channels that the map of stride 4 keeps.</summary>
    public int LowLevelWidth { get; init; } = 48;

    /// <summary>On ResNet-50 at output stride 16: 39.8 million parameters.</summary>
    public static DeepLabV3PlusConfig ResNet50 { get; } = new() { Name = "deeplabv3plus-resnet50" };

    /// <summary>On ResNet-101 at output stride 16.</summary>
    public static DeepLabV3PlusConfig ResNet101 { get; } = new() { Name = "deeplabv3plus-resnet101", Backbone = ResNetConfig.ResNet101 with { OutputStride = 16 } };

    /// <summary>On MobileNet v2 at output stride 16: 5.2 million parameters.</summary>
    public static DeepLabV3PlusConfig MobileNetV2 { get; } = new()
    {
        Name = "deeplabv3plus-mobilenet-v2",
        Backbone = MobileNetV2Config.Original with { OutputStride = 16, PadsBlockInput = true },
    };

    /// <summary>On Seedling's encoder down to stride 16, with a narrower pyramid: can begin from the weights inside this library.</summary>
    public static DeepLabV3PlusConfig Seedling { get; } = new()
    {
        Name = "deeplabv3plus-seedling",
        Backbone = ResNetConfig.SeedlingFine,
        Width = 96,
        LowLevelWidth = 32,
    };

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<KeyMap> Layouts => DeepLabKeyMap.All(Backbone);

    internal override (Value Logits, Value? Auxiliary) Describe(GraphBuilder g, Value image, Action<string, Value> stage)
    {
        var features = Backbone.Describe(g.Scope("backbone"), image);
        var (head, low) = (g.Scope("classifier"), features.Stages[1]); // [B,c,H/4,W/4]
        var detail = ConvolutionUnit.Describe(head, low, "project.0", "project.1", new Dim("low_level", LowLevelWidth), new UnitShape(1));
        var rates = Rates.Select(rate => rate * (Backbone.OutputStride == 8 ? 2 : 1)).ToArray();
        var context = AtrousPyramid.Describe(head.Scope("aspp"), features.Last, rates, Width, PyramidDropout);
        stage("aspp", context);
        var joined = g.Concat(1, detail, g.ResizeLike(context, detail));
        var x = ConvolutionUnit.Describe(head, joined, "classifier.0", "classifier.1", new Dim("head", Width), new UnitShape(3));
        var scores = head.Conv2d(x, "classifier.3", ClassCount, 1); // [B,K,H/4,W/4]
        stage("classifier_lowres", scores);
        return (g.ResizeLike(scores, image), null); // [B,K,H/4,W/4] -> [B,K,H,W]
    }
}
