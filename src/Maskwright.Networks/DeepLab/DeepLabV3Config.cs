using System.Text.Json.Serialization;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Fcn;
using Maskwright.Networks.Semantic;

namespace Maskwright.Networks.DeepLab;

/// <summary>DeepLab v3: a dilated backbone, an atrous pyramid, scores enlarged to the image.</summary>
/// <remarks>Chen et al. 2017, in torchvision's form at 0.14.1.</remarks>
public sealed record DeepLabV3Config : SemanticNetworkConfig
{
    private const double PyramidDropout = 0.5;

    /// <summary>What makes the maps.</summary>
    public BackboneConfig Backbone { get; init; } = ResNetConfig.ResNet50 with { OutputStride = 8 };

    /// <summary>Dilations of the pyramid.</summary>
    public IReadOnlyList<int> Rates { get; init; } = [12, 24, 36];

    /// <summary>Channels of the pyramid.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Whether a second head on an earlier map helps training.</summary>
    public bool Auxiliary { get; init; } = true;

    /// <summary>torchvision's <c>deeplabv3_resnet50</c>: 42.0 million parameters with the auxiliary head.</summary>
    public static DeepLabV3Config ResNet50 { get; } = new() { Name = "deeplabv3-resnet50" };

    /// <summary>torchvision's <c>deeplabv3_resnet101</c>: 61.0 million parameters with the auxiliary head.</summary>
    public static DeepLabV3Config ResNet101 { get; } = new() { Name = "deeplabv3-resnet101", Backbone = ResNetConfig.ResNet101 with { OutputStride = 8 } };

    /// <summary>torchvision's <c>deeplabv3_mobilenet_v3_large</c>: 11.0 million parameters with the auxiliary head.</summary>
    public static DeepLabV3Config MobileNetV3 { get; } = new() { Name = "deeplabv3-mobilenet-v3", Backbone = MobileNetV3Config.Large with { OutputStride = 16 } };

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool HasAuxiliary => Auxiliary;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<KeyMap> Layouts => TorchvisionLayout.Of(Auxiliary);

    internal override SemanticNetworkConfig ForInference() => this with { Auxiliary = false };

    internal override (Value Logits, Value? Auxiliary) Describe(GraphBuilder g, Value image, Action<string, Value> stage)
    {
        var features = Backbone.Describe(g.Scope("backbone"), image);
        stage("backbone_out", features.Last);
        stage("backbone_aux", features.Auxiliary);
        var head = g.Scope("classifier");
        var x = AtrousPyramid.Describe(head.Scope("0"), features.Last, Rates, Width, PyramidDropout, stage);
        stage("aspp_out", x);
        x = ConvolutionUnit.Describe(head, x, "1", "2", new Dim("head", Width), new UnitShape(3));
        var scores = head.Conv2d(x, "4", ClassCount, 1); // [B,K,h,w]
        stage("classifier_lowres", scores);
        var auxiliary = Auxiliary ? g.ResizeLike(FcnHead.Describe(g.Scope("aux_classifier"), features.Auxiliary, ClassCount), image) : null;
        return (g.ResizeLike(scores, image), auxiliary); // [B,K,h,w] -> [B,K,H,W]
    }
}
