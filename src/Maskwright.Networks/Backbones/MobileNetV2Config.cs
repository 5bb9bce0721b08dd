using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Networks.Backbones;

/// <summary>The sizes of a MobileNet v2.</summary>
/// <remarks>
/// Sandler et al. 2018; parameter names are torchvision's. The last 1x1 convolution to 1280 channels belongs to the classifier and is left out.
/// </remarks>
public sealed record MobileNetV2Config : BackboneConfig
{
    private const int FirstChannels = 32;

    // Expansion, channels, blocks, step.
    private static readonly (int Expansion, int Channels, int Blocks, int Step)[] Groups =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    /// <summary>Factor on all channel counts.</summary>
    public double Width { get; init; } = 1;

    /// <summary>
    /// Whether a block's zeros are put around its input, before the channels are expanded, and the first convolution has none, as in VainF's DeepLab;
    /// otherwise each convolution has its own.
    /// </summary>
    public bool PadsBlockInput { get; init; }

    /// <summary>The original: 1.8 million parameters.</summary>
    public static MobileNetV2Config Original { get; } = new();

    internal override BackboneFeatures Describe(GraphBuilder g, Value image)
    {
        var first = new UnitShape(3, 2, Padding: PadsBlockInput ? 0 : 1, Epsilon: BatchNormEpsilon);
        var x = ConvolutionUnit.Describe(g, image, "features.0.0", "features.0.1", new Dim("features.0", Channels(FirstChannels)), first, UnaryFunction.Relu6);
        var (stages, index, stride, dilation) = (new List<Value>(), 1, 2, 1);
        foreach (var (expansion, channels, blocks, step) in Groups)
        {
            var (firstDilation, taken) = (dilation, stride * step > OutputStride ? 1 : step);
            dilation *= step / taken;
            if (step > 1)
            {
                stages.Add(x);
            }

            stride *= taken;
            var stream = new Dim($"features.{index}", Channels(channels));
            for (var block = 0; block < blocks; block++, index++)
            {
                var shape = new UnitShape(3, block == 0 ? taken : 1, block == 0 ? firstDilation : dilation, Epsilon: BatchNormEpsilon);
                x = Block(g.Scope($"features.{index}.conv"), x, stream, expansion, shape);
            }
        }

        return new BackboneFeatures([.. stages, x], stages[^1]);
    }

    private Value Block(GraphBuilder g, Value x, Dim stream, int expansion, UnitShape shape)
    {
        var padding = PadsBlockInput ? shape.Dilation : 0;
        var y = padding > 0 ? g.Pad(x, padding, padding, padding, padding) : x;
        var wide = expansion == 1 ? x.Shape[1] : new Dim($"{stream.Name}.wide", x.Shape[1].Size!.Value * expansion); // channels are known
        var i = 0;
        if (expansion > 1)
        {
            y = ConvolutionUnit.Describe(g, y, "0.0", "0.1", wide, new UnitShape(1, Epsilon: BatchNormEpsilon), UnaryFunction.Relu6);
            i = 1;
        }

        var depthwise = shape with { Groups = (int)wide.Size!.Value, Padding = PadsBlockInput ? 0 : null }; // channels are known
        y = ConvolutionUnit.Describe(g, y, $"{i}.0", $"{i}.1", wide, depthwise, UnaryFunction.Relu6);
        y = ConvolutionUnit.Describe(g, y, $"{i + 1}", $"{i + 2}", stream, new UnitShape(1, Epsilon: BatchNormEpsilon), activation: null);
        return shape.Stride == 1 && x.Shape[1].Equals(stream) ? g.Add(x, y) : y;
    }

    private int Channels(int count) => RoundedChannels.Of(count * Width);
}
