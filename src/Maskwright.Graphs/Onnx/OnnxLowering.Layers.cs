using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs.Onnx;

/// <content>Layers, functions and layout.</content>
internal sealed partial class OnnxLowering
{
    // Fewer channels than a block of AVX-512 go another way by themselves.
    private const int LeastBlockedChannels = 16;

    private string WriteConvolution(Node node, Convolution2d op)
    {
        var kernel = node.Inputs[1].Shape[2].Size!.Value; // parameters have known sizes
        return Emit(
            "Conv",
            node.Name,
            FilledUp(node, op),
            ("kernel_shape", new[] { kernel, node.Inputs[1].Shape[3].Size!.Value }),
            ("strides", new long[] { op.Stride, op.Stride }),
            ("pads", new long[] { op.Padding, op.Padding, op.Padding, op.Padding }),
            ("dilations", new long[] { op.Dilation, op.Dilation }),
            ("group", (long)op.Groups));
    }

    // The runtime's convolution in blocks of channels wants fours of them, and takes several times as long by its other way: channels of zeros are added.
    private string[] FilledUp(Node node, Convolution2d op)
    {
        var names = Names(node);
        var channels = node.Inputs[1].Shape[1].Size!.Value; // parameters have known sizes
        if (_fusion is null || op.Groups != 1 || channels < LeastBlockedChannels || channels % 4 == 0)
        {
            return names;
        }

        var missing = 4 - (channels % 4);
        string Padded(string x, string part) => Emit("Pad", $"{node.Name}/{part}", [x, Integers($"{node.Name}/{part}_sizes", 0, 0, 0, 0, 0, missing, 0, 0)]);
        return [Padded(names[0], "filled_up"), Padded(names[1], "filled_up_weight"), .. names[2..]];
    }

    private string WriteConvolutionTranspose(Node node, ConvolutionTranspose2d op) => Emit(
        "ConvTranspose",
        node.Name,
        Names(node),
        ("kernel_shape", new[] { node.Inputs[1].Shape[2].Size!.Value, node.Inputs[1].Shape[3].Size!.Value }), // parameters have known sizes
        ("strides", new long[] { op.Stride, op.Stride }),
        ("pads", new long[] { op.Padding, op.Padding, op.Padding, op.Padding }),
        ("output_padding", new long[] { op.OutputPadding, op.OutputPadding }),
        ("group", (long)op.Groups));

    // Gemm reads PyTorch's [O,I] weights as they lie in the file; a product with the transposed weight would copy them first.
    private string WriteLinear(Node node)
    {
        var x = _fusion?.MapOf(node)?.With(-1, node.Inputs[0].Shape[-1]) ?? node.Inputs[0].Shape;
        var names = Names(node);
        if (x.Count(d => d.Size is null) > 1)
        {
            var transposed = EmitTranspose(names[1], $"{node.Name}/weight_t", 1, 0);
            var product = Emit("MatMul", $"{node.Name}/product", [names[0], transposed]);
            return names.Length > 2 ? Emit("Add", node.Name, [product, names[2]]) : product;
        }

        var rows = x.Count == 2 ? names[0] : EmitReshape(names[0], $"{node.Name}/rows", -1, x[-1].Size!.Value); // fits a weight's axis, so it is known
        var gemm = Emit("Gemm", $"{node.Name}/gemm", [rows, .. names[1..]], ("transB", 1L));
        return x.Count == 2 ? gemm : EmitReshape(gemm, node.Name, Sizes(x.With(-1, node.Outputs[0].Shape[-1]), x, keep: false));
    }

    private string WriteChannelNormalisation(Node node, ChannelNormalisation op)
    {
        var names = Names(node);
        var last = EmitTranspose(names[0], $"{node.Name}/channels_last", 0, 2, 3, 1);
        var normal = Emit("LayerNormalization", $"{node.Name}/normal", [last, names[1], names[2]], ("axis", -1L), ("epsilon", (float)op.Epsilon));
        return EmitTranspose(normal, node.Name, 0, 3, 1, 2);
    }

    private string WriteUnary(Node node, Unary op) => op.Function switch
    {
        UnaryFunction.Gelu when _opset >= 20 => Emit("Gelu", node.Name, Names(node)),
        UnaryFunction.Gelu => WriteGelu(node),
        UnaryFunction.Relu => Emit("Relu", node.Name, Names(node)),
        UnaryFunction.Sigmoid => Emit("Sigmoid", node.Name, Names(node)),
        UnaryFunction.Sin => Emit("Sin", node.Name, Names(node)),
        UnaryFunction.Cos => Emit("Cos", node.Name, Names(node)),
        UnaryFunction.Exp => Emit("Exp", node.Name, Names(node)),
        UnaryFunction.Sqrt => Emit("Sqrt", node.Name, Names(node)),
        UnaryFunction.Log => Emit("Log", node.Name, Names(node)),
        UnaryFunction.Tanh => Emit("Tanh", node.Name, Names(node)),
        UnaryFunction.Relu6 => Emit("Clip", node.Name, [.. Names(node), Scalar($"{node.Name}/zero", 0), Scalar($"{node.Name}/six", 6)]),
        UnaryFunction.HardSigmoid => Emit("HardSigmoid", node.Name, Names(node), ("alpha", 1f / 6), ("beta", 0.5f)),
        UnaryFunction.HardSwish => Emit("HardSwish", node.Name, Names(node)),
        UnaryFunction.Silu => Emit("Mul", node.Name, [Name(node.Inputs[0]), Emit("Sigmoid", $"{node.Name}/sigmoid", Names(node))]),
        _ => throw new NotSupportedException($"{node.Name}: {op.Function} has no ONNX form."),
    };

    private string WriteGelu(Node node)
    {
        var x = Name(node.Inputs[0]);
        var ratio = Emit("Div", $"{node.Name}/ratio", [x, Scalar($"{node.Name}/sqrt2", Math.Sqrt(2))]);
        var erf = Emit("Erf", $"{node.Name}/erf", [ratio]);
        var plusOne = Emit("Add", $"{node.Name}/plus_one", [erf, Scalar($"{node.Name}/one", 1)]);
        var product = Emit("Mul", $"{node.Name}/product", [x, plusOne]);
        return Emit("Mul", node.Name, [product, Scalar($"{node.Name}/half", 0.5)]);
    }

    private static string BinaryName(BinaryFunction function) => function switch
    {
        BinaryFunction.Add => "Add",
        BinaryFunction.Subtract => "Sub",
        BinaryFunction.Multiply => "Mul",
        BinaryFunction.Divide => "Div",
        BinaryFunction.Maximum => "Max",
        BinaryFunction.Minimum => "Min",
        _ => throw new NotSupportedException($"{function} has no ONNX form."),
    };

    private string WriteIsEqualTo(Node node, IsEqualTo op)
    {
        var equal = Emit("Equal", $"{node.Name}/test", [Name(node.Inputs[0]), Scalar($"{node.Name}/number", op.Number)]);
        return Emit("Cast", node.Name, [equal], ("to", (long)OnnxTypes.ToOnnx(ElementType.Float32)));
    }

    private string WriteReshape(Node node, Reshape op)
    {
        var sizes = Sizes(op.Target, node.Inputs[0].Shape, keep: true);
        return sizes.Count(size => size == -1) <= 1
            ? EmitReshape(Name(node.Inputs[0]), node.Name, sizes)
            : Emit("Reshape", node.Name, [Name(node.Inputs[0]), EmitSizes($"{node.Name}/shape", op.Target)]);
    }

    private string WriteRepeatLike(Node node) => Emit("Expand", node.Name, [Name(node.Inputs[0]), EmitSizes($"{node.Name}/shape", node.Outputs[0].Shape)]);

    private string WriteReduce(Node node, Reduce op)
    {
        var (keep, axes) = (("keepdims", (object)(op.KeepAxes ? 1L : 0L)), op.Axes.Select(axis => (long)axis).ToArray());
        return _opset >= 18 || op.Function == ReduceFunction.Sum
            ? Emit($"Reduce{op.Function}", node.Name, [Name(node.Inputs[0]), Integers($"{node.Name}/axes", axes)], keep)
            : Emit($"Reduce{op.Function}", node.Name, Names(node), ("axes", axes), keep);
    }

    /// <summary>Sizes for a Reshape: 0 copies an axis that is known only at run time from the same place, -1 is computed from the rest.</summary>
    private static long[] Sizes(TensorShape target, TensorShape source, bool keep) =>
        [.. target.Select((d, i) => d.Size ?? (keep && i < source.Count && d.Equals(source[i]) ? 0 : -1))];
}
