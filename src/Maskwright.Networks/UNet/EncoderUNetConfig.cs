using System.Text.Json.Serialization;
using Maskwright.Graphs;
using Maskwright.Graphs.Operations;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Semantic;
using static Maskwright.Graphs.Weights.Keys.KeyRule;

namespace Maskwright.Networks.UNet;

/// <summary>A U-Net whose way down is a classifier's: ResNet, MobileNet or VGG.</summary>
/// <remarks>
/// The idea is common (Iglovikov and Shvets 2018); this form is the house's own: nearest enlarging to the size of each skipped map, two 3x3 convolutions with
/// batch normalisation on every level, bilinear scores at the image's size.
/// </remarks>
public sealed record EncoderUNetConfig : SemanticNetworkConfig
{
    /// <summary>The way down.</summary>
    public BackboneConfig Backbone { get; init; } = ResNetConfig.ResNet18;

    /// <summary>Channels of the levels on the way up, from the bottom: strides 16, 8, 4, 2.</summary>
    public IReadOnlyList<int> DecoderWidths { get; init; } = [256, 128, 64, 32];

    /// <summary>On ResNet-18: 14 million parameters.</summary>
    public static EncoderUNetConfig ResNet18 { get; } = new() { Name = "unet-resnet18" };

    /// <summary>On ResNet-34: 24 million parameters.</summary>
    public static EncoderUNetConfig ResNet34 { get; } = new() { Name = "unet-resnet34", Backbone = ResNetConfig.ResNet34 };

    /// <summary>On MobileNet v2: 4 million parameters.</summary>
    public static EncoderUNetConfig MobileNetV2 { get; } = new() { Name = "unet-mobilenet-v2", Backbone = MobileNetV2Config.Original };

    /// <summary>On MobileNet v3 (large): 7 million parameters.</summary>
    public static EncoderUNetConfig MobileNetV3 { get; } = new() { Name = "unet-mobilenet-v3", Backbone = MobileNetV3Config.Large };

    /// <summary>On Seedling's encoder, with a narrower way up: can begin from the weights inside this library.</summary>
    public static EncoderUNetConfig Seedling { get; } = new() { Name = "unet-seedling", Backbone = ResNetConfig.Seedling, DecoderWidths = [96, 64, 48, 32] };

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<KeyMap> Layouts { get; } = [new KeyMap("Maskwright", [Ignore("{*module}.num_batches_tracked"), Keep("{*name}")])];

    internal override (Value Logits, Value? Auxiliary) Describe(GraphBuilder g, Value image, Action<string, Value> stage)
    {
        var stages = Backbone.Describe(g.Scope("backbone"), image).Stages;
        var (x, unit) = (stages[^1], new UnitShape(3));
        for (var level = 0; level < Math.Min(DecoderWidths.Count, stages.Count - 1); level++)
        {
            var (scope, skipped, channels) = (g.Scope($"decoder.{level}"), stages[^(level + 2)], new Dim($"decoder.{level}", DecoderWidths[level]));
            x = g.Concat(1, g.ResizeLike(x, skipped, Interpolation.Nearest), skipped);
            x = ConvolutionUnit.Describe(scope, x, "0", "1", new Dim($"decoder.{level}.inner", DecoderWidths[level]), unit);
            x = ConvolutionUnit.Describe(scope, x, "3", "4", channels, unit);
            stage($"decoder_{level}", x);
        }

        return (g.ResizeLike(g.Conv2d(x, "classifier", ClassCount, 1), image), null); // [B,K,H/2,W/2] -> [B,K,H,W]
    }
}
