using System.Text.Json.Serialization;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Semantic;

namespace Maskwright.Networks.SegNet;

/// <summary>SegNet: pooling on the way down remembers where maxima were, and the way up puts numbers back there.</summary>
/// <remarks>
/// Badrinarayanan et al. 2017. Parameter names, and transposed convolutions on the way up, are those of say4n/pytorch-segnet at f7738c6; the paper's
/// decoder convolves, which <see cref="TransposedDecoder"/> chooses.
/// </remarks>
public sealed record SegNetConfig : SemanticNetworkConfig
{
    /// <summary>For each level the channels of its convolutions on the way down; the way up mirrors them.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Levels { get; init; } = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]];

    /// <summary>Side of every convolution's window.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>Whether the way up has transposed convolutions.</summary>
    public bool TransposedDecoder { get; init; }

    /// <summary>Whether activations follow the convolutions on the way up; SegNet-Basic has none there.</summary>
    public bool DecoderActivations { get; init; } = true;

    /// <summary>Whether the scores come from a 1x1 convolution of their own after the way up, as in SegNet-Basic; otherwise from its last convolution.</summary>
    public bool PointClassifier { get; init; }

    /// <summary>The paper's network on VGG-16: 29.5 million parameters.</summary>
    public static SegNetConfig Vgg16 { get; } = new() { Name = "segnet", ClassCount = 11 };

    /// <summary>The form of say4n/pytorch-segnet, whose checkpoints it reads.</summary>
    public static SegNetConfig Transposed { get; } = Vgg16 with { Name = "segnet-transposed", TransposedDecoder = true, Normalisation = PixelNormalisation.UnitRange };

    /// <summary>The paper's small network: four levels of one 7x7 convolution of 64 channels: 1.4 million parameters.</summary>
    public static SegNetConfig Basic { get; } = Vgg16 with { Name = "segnet-basic", Levels = [[64], [64], [64], [64]], Kernel = 7, DecoderActivations = false, PointClassifier = true };

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<KeyMap> Layouts => SegNetKeyMap.All;

    internal override (Value Logits, Value? Auxiliary) Describe(GraphBuilder g, Value image, Action<string, Value> stage)
    {
        var (x, pooled) = (image, new Stack<(Value Map, Value Places)>());
        for (var level = 0; level < Levels.Count; level++)
        {
            for (var i = 0; i < Levels[level].Count; i++)
            {
                x = Unit(g.Scope($"encoder_conv_{level}{i}"), x, Levels[level][i], transposed: false);
                stage($"encoder_conv_{level}{i}", x);
                x = g.Relu(x);
            }

            var (maxima, places) = g.MaxPool2dWithIndices(x, 2, 2);
            pooled.Push((x, places));
            x = maxima;
        }

        return (Decode(g, x, pooled, stage), null);
    }

    private Value Decode(GraphBuilder g, Value x, Stack<(Value Map, Value Places)> pooled, Action<string, Value> stage)
    {
        for (var level = Levels.Count - 1; level >= 0; level--)
        {
            var (map, places) = pooled.Pop();
            x = g.MaxUnpool2d(x, places, like: map);
            for (var i = Levels[level].Count - 1; i >= 0; i--)
            {
                var isScores = level == 0 && i == 0 && !PointClassifier;
                var channels = isScores ? ClassCount : i > 0 ? Levels[level][i - 1] : Levels[Math.Max(level - 1, 0)][^1];
                x = Unit(g.Scope($"decoder_convtr_{level}{i}"), x, channels, TransposedDecoder, isScores);
                stage($"decoder_convtr_{level}{i}", x);
                x = isScores || !DecoderActivations ? x : g.Relu(x);
            }
        }

        return PointClassifier ? g.Conv2d(x, "classifier", ClassCount, 1) : x;
    }

    private Value Unit(GraphBuilder g, Value x, int channels, bool transposed, bool isScores = false)
    {
        var dim = isScores ? Dim.FromInt64(channels) : new Dim("channels", channels);
        x = transposed ? g.ConvTranspose2d(x, "0", dim, Kernel, 1, Kernel / 2) : g.Conv2d(x, "0", dim, Kernel, padding: Kernel / 2);
        return isScores ? x : g.BatchNorm2d(x, "1");
    }
}
