using System.Text.Json.Serialization;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Semantic;

namespace Maskwright.Networks.DeepLab;

/// <summary>Lite reduced atrous pyramid: scores of the last map, weighted by its mean, plus those of an earlier one.</summary>
/// <remarks>Howard et al. 2019 (MobileNet v3); torchvision <c>lraspp_mobilenet_v3_large</c> at 0.14.1.</remarks>
public sealed record LrAsppConfig : SemanticNetworkConfig
{
    /// <summary>What makes the maps.</summary>
    public BackboneConfig Backbone { get; init; } = MobileNetV3Config.Large with { OutputStride = 16 };

    /// <summary>Channels of the head.</summary>
    public int Width { get; init; } = 128;

    /// <summary>torchvision's <c>lraspp_mobilenet_v3_large</c>: 3.2 million parameters.</summary>
    public static LrAsppConfig MobileNetV3 { get; } = new() { Name = "lraspp-mobilenet-v3" };

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<KeyMap> Layouts => TorchvisionLayout.Of(false);

    internal override (Value Logits, Value? Auxiliary) Describe(GraphBuilder g, Value image, Action<string, Value> stage)
    {
        var features = Backbone.Describe(g.Scope("backbone"), image);
        stage("backbone_low", features.Auxiliary);
        stage("backbone_high", features.Last);
        var (head, channels) = (g.Scope("classifier"), new Dim("head", Width));
        var x = ConvolutionUnit.Describe(head, features.Last, "cbr.0", "cbr.1", channels, new UnitShape(1));
        x = g.Multiply(x, g.Sigmoid(head.Conv2d(g.GlobalAveragePool2d(features.Last), "scale.1", channels, 1, bias: false)));
        x = g.ResizeLike(x, features.Auxiliary);
        var scores = g.Add(head.Conv2d(features.Auxiliary, "low_classifier", ClassCount, 1), head.Conv2d(x, "high_classifier", ClassCount, 1));
        return (g.ResizeLike(scores, image), null); // [B,K,H/8,W/8] -> [B,K,H,W]
    }
}
