using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Networks.Backbones;

/// <summary>The sizes of a MobileNet v3 (large).</summary>
/// <remarks>Howard et al. 2019; parameter names, and the dilated form of its last stage (output stride 16), are torchvision's.</remarks>
public sealed record MobileNetV3Config : BackboneConfig
{
    private const int FirstChannels = 16;
    private const int LastExpansion = 6;
    private const int AuxiliaryBlock = 4;

    // Kernel, expanded channels, channels, squeeze and excitation, hard swish, step.
    private static readonly (int Kernel, int Wide, int Channels, bool Excites, bool HardSwish, int Step)[] Blocks =
    [
        (3, 16, 16, false, false, 1), (3, 64, 24, false, false, 2), (3, 72, 24, false, false, 1), (5, 72, 40, true, false, 2), (5, 120, 40, true, false, 1),
        (5, 120, 40, true, false, 1), (3, 240, 80, false, true, 2), (3, 200, 80, false, true, 1), (3, 184, 80, false, true, 1), (3, 184, 80, false, true, 1),
        (3, 480, 112, true, true, 1), (3, 672, 112, true, true, 1), (5, 672, 160, true, true, 2), (5, 960, 160, true, true, 1), (5, 960, 160, true, true, 1),
    ];

    /// <summary>Makes the sizes of the original.</summary>
    public MobileNetV3Config() => BatchNormEpsilon = 1e-3;

    /// <summary>Factor on all channel counts.</summary>
    public double Width { get; init; } = 1;

    /// <summary>The original: 3.0 million parameters without the classifier.</summary>
    public static MobileNetV3Config Large { get; } = new();

    internal override BackboneFeatures Describe(GraphBuilder g, Value image)
    {
        var x = ConvolutionUnit.Describe(
            g, image, "0.0", "0.1", new Dim("0", Channels(FirstChannels)), new UnitShape(3, 2, Epsilon: BatchNormEpsilon), UnaryFunction.HardSwish);
        var (stages, outputs, stride, dilation) = (new List<Value>(), new List<Value> { x }, 2, 1);
        var stream = x.Shape[1];
        for (var i = 0; i < Blocks.Length; i++)
        {
            var block = Blocks[i];
            if (block.Step > 1)
            {
                stages.Add(x);
            }

            var dilates = stride * block.Step > OutputStride;
            dilation *= dilates ? block.Step : 1;
            stride *= dilates ? 1 : block.Step;
            stream = block.Step == 1 && stream.Size == Channels(block.Channels) ? stream : new Dim($"{i + 1}", Channels(block.Channels));
            x = Block(g.Scope($"{i + 1}.block"), x, stream, i + 1, new UnitShape(block.Kernel, dilates ? 1 : block.Step, dilation, Epsilon: BatchNormEpsilon));
            outputs.Add(x);
        }

        var wide = new Dim("last", LastExpansion * stream.Size!.Value); // channels are known
        x = ConvolutionUnit.Describe(g, x, $"{Blocks.Length + 1}.0", $"{Blocks.Length + 1}.1", wide, new UnitShape(1, Epsilon: BatchNormEpsilon), UnaryFunction.HardSwish);
        return new BackboneFeatures([.. stages, x], outputs[AuxiliaryBlock]);
    }

    private Value Block(GraphBuilder g, Value x, Dim stream, int index, UnitShape shape)
    {
        var block = Blocks[index - 1];
        var activation = block.HardSwish ? UnaryFunction.HardSwish : UnaryFunction.Relu;
        var (y, i, wide) = (x, 0, block.Wide == block.Channels && index == 1 ? x.Shape[1] : new Dim($"{index}.wide", Channels(block.Wide)));
        if (index > 1)
        {
            y = ConvolutionUnit.Describe(g, y, "0.0", "0.1", wide, new UnitShape(1, Epsilon: BatchNormEpsilon), activation);
            i = 1;
        }

        y = ConvolutionUnit.Describe(g, y, $"{i}.0", $"{i}.1", wide, shape with { Groups = (int)wide.Size!.Value }, activation); // channels are known
        y = block.Excites ? Excite(g.Scope($"{++i}"), y) : y;
        y = ConvolutionUnit.Describe(g, y, $"{i + 1}.0", $"{i + 1}.1", stream, new UnitShape(1, Epsilon: BatchNormEpsilon), activation: null);
        return block.Step == 1 && x.Shape[1].Equals(stream) ? g.Add(x, y) : y;
    }

    // Every channel times a factor that the means of all channels decide. Hu et al. 2018.
    private static Value Excite(GraphBuilder g, Value x)
    {
        var squeezed = g.Relu(g.Conv2d(g.GlobalAveragePool2d(x), "fc1", RoundedChannels.Of(x.Shape[1].Size!.Value / 4), 1)); // channels are known
        return g.Multiply(x, g.HardSigmoid(g.Conv2d(squeezed, "fc2", x.Shape[1], 1)));
    }

    private int Channels(int count) => RoundedChannels.Of(count * Width);
}
