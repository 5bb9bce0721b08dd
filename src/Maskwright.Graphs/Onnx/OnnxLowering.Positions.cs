using System.Runtime.InteropServices;
using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs.Onnx;

/// <content>Places on maps.</content>
internal sealed partial class OnnxLowering
{
    private string WritePositions(Node node, Positions op)
    {
        var axis = op.Axis < 0 ? op.Axis + node.Inputs[0].Shape.Count : op.Axis;
        var sizes = Emit("Shape", $"{node.Name}/sizes", [Name(node.Inputs[0])]);
        var size = Emit("Gather", $"{node.Name}/size", [sizes, Whole($"{node.Name}/axis", axis)]);
        var range = Emit("Range", $"{node.Name}/range", [Whole($"{node.Name}/start", 0), size, Whole($"{node.Name}/step", 1)]);
        return Emit("Cast", node.Name, [range], ("to", (long)OnnxTypes.ToOnnx(ElementType.Float32)));
    }

    private string Whole(string name, long value) => AddConstant(name, MemoryMarshal.AsBytes([value]), ElementType.Int64, []);
}
