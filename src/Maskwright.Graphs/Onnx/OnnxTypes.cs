using Maskwright.Graphs.Onnx.Schema;
using Microsoft.ML.OnnxRuntime;

namespace Maskwright.Graphs.Onnx;

/// <summary>ONNX's numbers for element types.</summary>
internal static class OnnxTypes
{
    public static int ToOnnx(ElementType type) => type switch
    {
        ElementType.Float32 => 1,
        ElementType.UInt8 => 2,
        ElementType.Int8 => 3,
        ElementType.UInt16 => 4,
        ElementType.Int16 => 5,
        ElementType.Int32 => 6,
        ElementType.Int64 => 7,
        ElementType.Bool => 9,
        ElementType.Float16 => 10,
        ElementType.Float64 => 11,
        ElementType.UInt32 => 12,
        ElementType.UInt64 => 13,
        ElementType.BFloat16 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    public static TensorType FromMetadata(NodeMetadata metadata)
    {
        var number = (int)metadata.ElementDataType;
        var dims = metadata.Dimensions.Select((size, i) => size >= 0 ? Dim.FromInt64(size) : Dim.Symbolic(metadata.SymbolicDimensions[i] is { Length: > 0 } name ? name : "?"));
        return new TensorType(Enum.GetValues<ElementType>().First(type => ToOnnx(type) == number), new TensorShape(dims));
    }

    public static ValueInfoProto Describe(string name, TensorType type)
    {
        var shape = new TensorShapeProto();
        foreach (var dim in type.Shape)
        {
            shape.Dim.Add(dim.Size is { } size ? new TensorShapeProto.Types.Dimension { DimValue = size } : new TensorShapeProto.Types.Dimension { DimParam = dim.Name });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = ToOnnx(type.Element), Shape = shape } } };
    }
}
