using System.Runtime.InteropServices;
using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs.Onnx;

/// <content>Pooling, resizing, borders and regions of maps.</content>
internal sealed partial class OnnxLowering
{
    private string WritePool(string operatorName, Node node, PoolWindow window, params (string, object)[] more) =>
        Emit(operatorName, node.Name, Names(node), [.. Window(window, operatorName == "MaxPool" || _opset >= 19), .. more]);

    private static (string, object)[] Window(PoolWindow window, bool dilates)
    {
        (string, object)[] attributes =
        [
            ("kernel_shape", new long[] { window.Kernel, window.Kernel }),
            ("strides", new long[] { window.Stride, window.Stride }),
            ("pads", new long[] { window.Padding, window.Padding, window.Padding, window.Padding }),
            ("ceil_mode", window.CeilMode ? 1L : 0L),
        ];
        return dilates ? [.. attributes, ("dilations", new long[] { window.Dilation, window.Dilation })] : attributes;
    }

    private string WritePoolWithIndices(Node node, MaxPool2dWithIndices op)
    {
        var maxima = WritePool("MaxPool", node, op.Window);
        var places = Unique($"{node.Name}/places");
        Proto.Node[^1].Output.Add(places);
        _names[node.Outputs[1]] = places;
        return maxima;
    }

    // ONNX counts a maximum's place through the whole tensor, so putting back is one scatter into a flat row of zeros.
    private string WriteUnpool(Node node, MaxUnpool2d op)
    {
        var shape = EmitSizes($"{node.Name}/shape", node.Outputs[0].Shape);
        var count = Emit("ReduceProd", $"{node.Name}/count", [shape], ("keepdims", 1L));
        var zeros = Emit("ConstantOfShape", $"{node.Name}/zeros", [count]);
        var places = EmitReshape(Name(node.Inputs[1]), $"{node.Name}/places", -1);
        var numbers = EmitReshape(Name(node.Inputs[0]), $"{node.Name}/numbers", -1);
        var filled = Emit("ScatterElements", $"{node.Name}/filled", [zeros, places, numbers], ("axis", 0L));
        return Emit("Reshape", node.Name, [filled, shape]);
    }

    // Cells of different sizes are a weighted mean: rows, map and columns as a product of three matrices.
    private string WriteAdaptivePool(Node node, AdaptiveAveragePool2d op)
    {
        var x = node.Inputs[0].Shape;
        if (op is { Height: 1, Width: 1 })
        {
            return Emit("GlobalAveragePool", node.Name, Names(node));
        }

        if (x[2].Size is not { } height || x[3].Size is not { } width)
        {
            throw new NotSupportedException($"{node.Name}: ONNX pools to {op.Height} by {op.Width} cells only from a map of known size, not {x}.");
        }

        var rows = Floats($"{node.Name}/rows", CellWeights((int)height, op.Height), op.Height, height);
        var columns = Floats($"{node.Name}/columns", CellWeights((int)width, op.Width), op.Width, width);
        var across = Emit("MatMul", $"{node.Name}/across", [Name(node.Inputs[0]), EmitTranspose(columns, $"{node.Name}/columns_t", 1, 0)]);
        return Emit("MatMul", node.Name, [rows, across]);
    }

    private static float[] CellWeights(int size, int cells)
    {
        var weights = new float[cells * size];
        for (var cell = 0; cell < cells; cell++)
        {
            var (start, end) = (cell * size / cells, (((cell + 1) * size) + cells - 1) / cells);
            weights.AsSpan((cell * size) + start, end - start).Fill(1f / (end - start));
        }

        return weights;
    }

    private string WriteResize(Node node, Resize2d op)
    {
        var x = node.Inputs[0].Shape;
        var sizes = EmitSizes($"{node.Name}/sizes", x[0], x[1], op.Height, op.Width);
        (string, object)[] reading = op.Mode == Interpolation.Nearest
            ? [("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")]
            : [("mode", "linear"), ("coordinate_transformation_mode", op.AlignCorners ? "align_corners" : "half_pixel")];
        return Emit("Resize", node.Name, [Name(node.Inputs[0]), string.Empty, string.Empty, sizes], reading);
    }

    private string WritePad(Node node, Pad2d op)
    {
        var pads = EmitSizes($"{node.Name}/pads", 0, 0, op.Top, op.Left, 0, 0, op.Bottom, op.Right);
        var mode = op.Mode switch { PadMode.Reflect => "reflect", PadMode.Replicate => "edge", _ => "constant" };
        return Emit("Pad", node.Name, [Name(node.Inputs[0]), pads], ("mode", mode));
    }

    private string WriteCrop(Node node, Crop2d op)
    {
        var starts = EmitSizes($"{node.Name}/starts", op.Top, op.Left);
        var ends = EmitSizes($"{node.Name}/ends", op.Top.Plus(op.Height), op.Left.Plus(op.Width));
        return Emit("Slice", node.Name, [Name(node.Inputs[0]), starts, ends, Integers($"{node.Name}/axes", 2, 3)]);
    }

    private string WriteRoiAlign(Node node, RoiAlign op) => Emit(
        "RoiAlign",
        node.Name,
        Names(node),
        ("output_height", (long)op.Height),
        ("output_width", (long)op.Width),
        ("spatial_scale", (float)op.SpatialScale),
        ("sampling_ratio", (long)op.SamplingRatio),
        ("coordinate_transformation_mode", op.Aligned ? "half_pixel" : "output_half_pixel"),
        ("mode", "avg"));

    private string Floats(string name, float[] values, params long[] sizes) => AddConstant(name, MemoryMarshal.AsBytes(values.AsSpan()), ElementType.Float32, sizes);
}
