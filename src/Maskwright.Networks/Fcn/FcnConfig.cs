using System.Text.Json.Serialization;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Semantic;

namespace Maskwright.Networks.Fcn;

/// <summary>A fully convolutional network: a dilated backbone, a small head, scores enlarged to the image.</summary>
/// <remarks>Long et al. 2015, in torchvision's form: <c>fcn_resnet50</c> and <c>fcn_resnet101</c> at 0.14.1.</remarks>
public sealed record FcnConfig : SemanticNetworkConfig
{
    /// <summary>What makes the maps.</summary>
    public BackboneConfig Backbone { get; init; } = ResNetConfig.ResNet50 with { OutputStride = 8 };

    /// <summary>Whether a second head on the map before the last helps training.</summary>
    public bool Auxiliary { get; init; } = true;

    /// <summary>torchvision's <c>fcn_resnet50</c>: 21 classes, 35.3 million parameters with the auxiliary head.</summary>
    public static FcnConfig ResNet50 { get; } = new() { Name = "fcn-resnet50" };

    /// <summary>torchvision's <c>fcn_resnet101</c>: 54.3 million parameters with the auxiliary head.</summary>
    public static FcnConfig ResNet101 { get; } = new() { Name = "fcn-resnet101", Backbone = ResNetConfig.ResNet101 with { OutputStride = 8 } };

    /// <summary>On Seedling's encoder down to stride 16, without auxiliary head: can begin from the weights inside this library.</summary>
    public static FcnConfig Seedling { get; } = new() { Name = "fcn-seedling", Backbone = ResNetConfig.SeedlingFine, Auxiliary = false };

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
        var scores = FcnHead.Describe(g.Scope("classifier"), features.Last, ClassCount); // [B,K,h,w]
        stage("classifier_lowres", scores);
        var auxiliary = Auxiliary ? g.ResizeLike(FcnHead.Describe(g.Scope("aux_classifier"), features.Auxiliary, ClassCount), image) : null;
        return (g.ResizeLike(scores, image), auxiliary); // [B,K,h,w] -> [B,K,H,W]
    }
}
