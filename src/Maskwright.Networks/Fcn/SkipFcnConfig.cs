using System.Text.Json.Serialization;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Semantic;

namespace Maskwright.Networks.Fcn;

/// <summary>The fully convolutional networks of the paper on VGG-16: scores at stride 32, refined by those of earlier maps, enlarged by learned kernels.</summary>
/// <remarks>
/// Long, Shelhamer and Darrell 2015 (FCN-32s, FCN-16s, FCN-8s): 100 zeros around the image, 7x7 convolutions in place of the classifier's layers, crops at the
/// offsets 5 (fourth map), 9 (third map) and 19, 27 or 31 (image). The paper subtracts the mean colour only; here the samples are scaled too.
/// </remarks>
public sealed record SkipFcnConfig : SemanticNetworkConfig
{
    /// <summary>Image pixels a cell of the finest scores: 32, 16 or 8.</summary>
    public int FinestStride { get; init; } = 8;

    /// <summary>The convolutions.</summary>
    public VggConfig Backbone { get; init; } = VggConfig.Vgg16 with { FirstPadding = 100 };

    /// <summary>Channels of the layers that were the classifier's.</summary>
    public int ClassifierWidth { get; init; } = 4096;

    /// <summary>Scores of the last map only.</summary>
    public static SkipFcnConfig Fcn32s { get; } = new() { Name = "fcn-32s-vgg16", FinestStride = 32 };

    /// <summary>With those of the fourth map.</summary>
    public static SkipFcnConfig Fcn16s { get; } = new() { Name = "fcn-16s-vgg16", FinestStride = 16 };

    /// <summary>With those of the third map too: 134 million parameters.</summary>
    public static SkipFcnConfig Fcn8s { get; } = new() { Name = "fcn-8s-vgg16", FinestStride = 8 };

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<KeyMap> Layouts => FcnKeyMap.Skip(Backbone);

    internal override (Value Logits, Value? Auxiliary) Describe(GraphBuilder g, Value image, Action<string, Value> stage)
    {
        var maps = Backbone.Describe(g, image).Stages;
        var scores = g.Conv2d(Classifier(g, maps[4]), "score_fr", ClassCount, 1); // [B,K,h,w] at stride 32
        stage("score_fr", scores);
        if (FinestStride <= 16)
        {
            scores = Refine(g, g.ConvTranspose2d(scores, "upscore2", ClassCount, 4, 2, bias: false), maps[3], "score_pool4", 5);
        }

        if (FinestStride <= 8)
        {
            scores = Refine(g, g.ConvTranspose2d(scores, "upscore_pool4", ClassCount, 4, 2, bias: false), maps[2], "score_pool3", 9);
        }

        var (name, offset) = FinestStride switch { 32 => ("upscore", 19), 16 => ("upscore16", 27), _ => ("upscore8", 31) };
        var large = g.ConvTranspose2d(scores, name, ClassCount, 2 * FinestStride, FinestStride, bias: false);
        return (g.Crop(large, offset, offset, image.Shape[2], image.Shape[3]), null);
    }

    private Value Classifier(GraphBuilder g, Value x)
    {
        x = g.Dropout(g.Relu(g.Conv2d(x, "fc6", new Dim("fc6", ClassifierWidth), 7)), 0.5, wholeChannels: true);
        return g.Dropout(g.Relu(g.Conv2d(x, "fc7", new Dim("fc7", ClassifierWidth), 1)), 0.5, wholeChannels: true);
    }

    private Value Refine(GraphBuilder g, Value scores, Value map, string name, int offset)
    {
        var fine = g.Conv2d(map, name, ClassCount, 1);
        return g.Add(scores, g.Crop(fine, offset, offset, scores.Shape[2], scores.Shape[3]));
    }
}
