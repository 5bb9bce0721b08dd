using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs.Onnx;

/// <content>Layers that are computed in bytes: what goes in as bytes, the runtime's product of integers, what comes out as floats again.</content>
internal sealed partial class OnnxLowering
{
    private string WriteByteLayer(ByteLayer layer) => layer.Node.Operation is Convolution2d op ? WriteByteConvolution(layer, op) : WriteByteLinear(layer);

    private string WriteByteConvolution(ByteLayer layer, Convolution2d op)
    {
        var name = layer.Node.Name;
        var (bytes, scales) = EmitQuantized("QuantizedPatches", layer, ("kernel", layer.Node.Inputs[1].Shape[2].Size!.Value), ("stride", (long)op.Stride), ("padding", (long)op.Padding), ("dilation", (long)op.Dilation)); // parameters have known sizes
        var sums = EmitSums(layer, bytes);
        var relu = ("relu", (object)(layer.Activation == UnaryFunction.Relu ? 1L : 0L));
        return layer.Added is { } added
            ? EmitIn(KernelDomain, "DequantizedMapAndMap", $"{name}/map", [sums, scales, .. Constants(layer), Name(added)], relu)
            : EmitIn(KernelDomain, "DequantizedMap", $"{name}/map", [sums, scales, .. Constants(layer)], relu);
    }

    private string WriteByteLinear(ByteLayer layer)
    {
        var (bytes, scales) = EmitQuantized("QuantizedRows", layer);
        return EmitIn(KernelDomain, "DequantizedRows", $"{layer.Node.Name}/rows", [EmitSums(layer, bytes), scales, .. Constants(layer)], ("gelu", layer.Activation == UnaryFunction.Gelu ? 1L : 0L));
    }

    private (string Bytes, string Scales) EmitQuantized(string op, ByteLayer layer, params (string Name, object Value)[] attributes)
    {
        var bytes = EmitIn(KernelDomain, op, $"{layer.Node.Name}/bytes", [Name(layer.Node.Inputs[0])], attributes);
        var scales = Unique($"{layer.Node.Name}/scales");
        Proto.Node[^1].Output.Add(scales);
        return (bytes, scales);
    }

    private string EmitSums(ByteLayer layer, string bytes) => Emit("MatMulInteger", $"{layer.Node.Name}/sums", [bytes, ByteLayers.NameOf(layer, "weight")]);

    private static string[] Constants(ByteLayer layer) => [ByteLayers.NameOf(layer, "steps"), ByteLayers.NameOf(layer, "totals"), ByteLayers.NameOf(layer, "bias")];
}
