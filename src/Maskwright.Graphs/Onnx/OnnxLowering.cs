using System.Runtime.InteropServices;
using Google.Protobuf;
using Maskwright.Graphs.Onnx.Schema;
using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs.Onnx;

/// <summary>Writes a graph's operations as ONNX operators; parameters are left to the caller.</summary>
/// <remarks>With kernels on, operations for which this house has a kernel become operators of the domain <c>maskwright</c>.</remarks>
internal sealed partial class OnnxLowering
{
    public const string KernelDomain = "maskwright";

    private readonly Graph _graph;
    private readonly int _opset;
    private readonly WindowFusion? _fusion;
    private readonly ByteLayers? _bytes;
    private readonly Dictionary<Value, string> _names = [];
    private readonly HashSet<string> _taken = [];

    private OnnxLowering(Graph graph, int opset, bool kernels, ByteLayers? bytes)
    {
        _graph = graph;
        _opset = opset;
        _bytes = bytes;
        _fusion = kernels ? new WindowFusion(graph) : null;
    }

    private GraphProto Proto { get; } = new();

    /// <summary>The model without its parameters' numbers.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="opset">ONNX's version of operators.</param>
    /// <param name="kernels">Whether operations with a kernel of this house stay whole.</param>
    /// <param name="bytes">The layers that are computed in bytes, with kernels; null for none.</param>
    public static ModelProto Lower(Graph graph, int opset, bool kernels, ByteLayers? bytes = null)
    {
        var lowering = new OnnxLowering(kernels ? graph : graph.WrittenOut(), opset, kernels, bytes);
        lowering.WriteGraph();
        var model = new ModelProto { IrVersion = opset >= 20 ? 9 : 8, ProducerName = "Maskwright", Graph = lowering.Proto };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        if (kernels)
        {
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = KernelDomain, Version = 1 });
        }

        return model;
    }

    private void WriteGraph()
    {
        Proto.Name = _graph.Name;
        foreach (var input in _graph.Inputs)
        {
            Claim(input, input.Name);
            Proto.Input.Add(OnnxTypes.Describe(input.Name, input.Type));
        }

        foreach (var parameter in _graph.Parameters)
        {
            Claim(parameter, parameter.Name);
        }

        foreach (var (name, _) in _graph.Outputs)
        {
            _taken.Add(name);
        }

        foreach (var node in _graph.Nodes)
        {
            Write(node);
        }

        foreach (var (name, value) in _graph.Outputs)
        {
            Emit("Identity", name, [Name(value)]);
            Proto.Output.Add(OnnxTypes.Describe(name, value.Type));
        }
    }

    private void Claim(Value value, string name)
    {
        _taken.Add(name);
        _names[value] = name;
    }

    private void Write(Node node)
    {
        if (_bytes?.Covers(node) == true)
        {
            return;
        }

        if (_bytes?.EndingAt(node) is { } layer)
        {
            _names[node.Outputs[0]] = WriteByteLayer(layer);
            return;
        }

        var result = node.Operation switch
        {
            Convolution2d op => WriteConvolution(node, op),
            ConvolutionTranspose2d op => WriteConvolutionTranspose(node, op),
            Linear => WriteLinear(node),
            LayerNormalisation op => Emit("LayerNormalization", node.Name, Names(node), ("axis", -1L), ("epsilon", (float)op.Epsilon)),
            ChannelNormalisation op => WriteChannelNormalisation(node, op),
            BatchNormalisation op => Emit("BatchNormalization", node.Name, Names(node), ("epsilon", (float)op.Epsilon)),
            Unary op => WriteUnary(node, op),
            Binary op => Emit(BinaryName(op.Function), node.Name, Names(node)),
            IsEqualTo op => WriteIsEqualTo(node, op),
            Cast op => Emit("Cast", node.Name, Names(node), ("to", (long)OnnxTypes.ToOnnx(op.Element))),
            Softmax op when _fusion is not null && op.Axis == node.Inputs[0].Shape.Count - 2 => EmitIn(KernelDomain, "RowSoftmax", node.Name, Names(node)),
            Softmax op => Emit("Softmax", node.Name, Names(node), ("axis", (long)op.Axis)),
            MatrixProduct => Emit("MatMul", node.Name, Names(node)),
            Reshape op => WriteReshape(node, op),
            Transpose op => Emit("Transpose", node.Name, Names(node), ("perm", op.Order.Select(i => (long)i).ToArray())),
            Concatenate op => Emit("Concat", node.Name, Names(node), ("axis", (long)op.Axis)),
            Slice op => EmitSlice(Name(node.Inputs[0]), node.Name, [op.Axis], [op.Start], [op.Start + op.Length]),
            Gather op => Emit("Gather", node.Name, [Name(node.Inputs[0]), Integers($"{node.Name}/indices", [.. op.Indices])], ("axis", (long)op.Axis)),
            RepeatLike => WriteRepeatLike(node),
            Positions op => WritePositions(node, op),
            Reduce op => WriteReduce(node, op),
            Dropout => Name(node.Inputs[0]),
            MaxPool2d op => WritePool("MaxPool", node, op.Window),
            MaxPool2dWithIndices op => WritePoolWithIndices(node, op),
            MaxUnpool2d op => WriteUnpool(node, op),
            AveragePool2d op => WritePool("AveragePool", node, op.Window, ("count_include_pad", op.CountPadding ? 1L : 0L)),
            AdaptiveAveragePool2d op => WriteAdaptivePool(node, op),
            Resize2d op => WriteResize(node, op),
            Pad2d op => WritePad(node, op),
            Crop2d op => WriteCrop(node, op),
            RoiAlign op => WriteRoiAlign(node, op),
            WindowPartition op => WriteWindowPartition(node, op),
            WindowUnpartition op => WriteWindowUnpartition(node, op),
            MultiHeadAttention op => WriteMultiHeadAttention(node, op),
            RelativePositionSelfAttention op => WriteRelativePositionAttention(node, op),
            BiasedSelfAttention op => WriteBiasedAttention(node, op),
            LowRankSquare => EmitIn(KernelDomain, "LowRankSquares", node.Name, Names(node)),
            LowRankScore => EmitIn(KernelDomain, "LowRankScores", node.Name, Names(node)),
            UpscaledMaskLogits op => EmitIn(KernelDomain, "UpscaledMasks", node.Name, Names(node), ("side", (long)op.Side), ("epsilon", (float)op.Epsilon)),
            _ => throw new NotSupportedException($"{node.Name}: {node.Operation.GetType().Name} has no ONNX form."),
        };
        _names[node.Outputs[0]] = result;
    }

    private string Name(Value value)
    {
        if (!_names.TryGetValue(value, out var name) && value is Constant constant)
        {
            name = constant.Data switch
            {
                float[] floats => AddConstant(constant.Name, MemoryMarshal.AsBytes(floats.AsSpan()), ElementType.Float32, constant.Shape.ToSizes()),
                long[] longs => AddConstant(constant.Name, MemoryMarshal.AsBytes(longs.AsSpan()), ElementType.Int64, constant.Shape.ToSizes()),
                _ => throw new NotSupportedException($"{constant.Name}: constants are of floats or 64-bit integers."),
            };
            _names[value] = name;
        }

        return name ?? throw new InvalidOperationException($"{value} is used before it is computed.");
    }

    private string[] Names(Node node) => [.. node.Inputs.Select(Name)];

    private string Unique(string wanted)
    {
        var unique = wanted;
        for (var i = 2; !_taken.Add(unique); i++)
        {
            unique = $"{wanted}~{i}";
        }

        return unique;
    }

    private string Emit(string op, string name, string[] inputs, params (string Name, object Value)[] attributes) => EmitIn(string.Empty, op, name, inputs, attributes);

    private string EmitIn(string domain, string op, string name, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = _graph.Outputs.ContainsKey(name) && op == "Identity" ? name : Unique(name);
        var node = new NodeProto { OpType = op, Name = output, Domain = domain };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        foreach (var (key, value) in attributes)
        {
            node.Attribute.Add(Attribute(key, value));
        }

        Proto.Node.Add(node);
        return output;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case float f:
                attribute.F = f;
                attribute.Type = AttributeProto.Types.AttributeType.Float;
                break;
            case long i:
                attribute.I = i;
                attribute.Type = AttributeProto.Types.AttributeType.Int;
                break;
            case long[] ints:
                attribute.Ints.AddRange(ints);
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                break;
            case string text:
                attribute.S = ByteString.CopyFromUtf8(text);
                attribute.Type = AttributeProto.Types.AttributeType.String;
                break;
            default:
                throw new NotSupportedException($"The attribute {name} is a {value.GetType().Name}.");
        }

        return attribute;
    }

    private string AddConstant(string name, ReadOnlySpan<byte> data, ElementType element, long[] sizes)
    {
        var tensor = new TensorProto { Name = Unique(name), DataType = OnnxTypes.ToOnnx(element), RawData = ByteString.CopyFrom(data) };
        tensor.Dims.AddRange(sizes);
        Proto.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Integers(string name, params long[] values) => AddConstant(name, MemoryMarshal.AsBytes(values.AsSpan()), ElementType.Int64, [values.Length]);

    private string Scalar(string name, double value) => AddConstant(name, MemoryMarshal.AsBytes([(float)value]), ElementType.Float32, []);

    private string EmitReshape(string x, string name, params long[] sizes) => Emit("Reshape", name, [x, Integers($"{name}/shape", sizes)]);

    private string EmitTranspose(string x, string name, params long[] order) => Emit("Transpose", name, [x], ("perm", order));

    private string EmitSlice(string x, string name, long[] axes, long[] starts, long[] ends) =>
        Emit("Slice", name, [x, Integers($"{name}/starts", starts), Integers($"{name}/ends", ends), Integers($"{name}/axes", axes)]);
}
