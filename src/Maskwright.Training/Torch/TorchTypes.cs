using System.Runtime.InteropServices;
using Maskwright.Graphs;

namespace Maskwright.Training.Torch;

/// <summary>Element types and tensors of this house as Torch's, and back.</summary>
internal static class TorchTypes
{
    public static torch.ScalarType ToTorch(ElementType type) => type switch
    {
        ElementType.Float32 => torch.ScalarType.Float32,
        ElementType.Float16 => torch.ScalarType.Float16,
        ElementType.BFloat16 => torch.ScalarType.BFloat16,
        ElementType.Float64 => torch.ScalarType.Float64,
        ElementType.Int8 => torch.ScalarType.Int8,
        ElementType.UInt8 => torch.ScalarType.Byte,
        ElementType.Int16 => torch.ScalarType.Int16,
        ElementType.Int32 => torch.ScalarType.Int32,
        ElementType.Int64 => torch.ScalarType.Int64,
        ElementType.Bool => torch.ScalarType.Bool,
        _ => throw new NotSupportedException($"Torch has no tensors of {type}."),
    };

    /// <summary>A copy in Torch's memory.</summary>
    public static TorchTensor ToTorch(Tensor tensor, torch.Device device) => tensor.Type switch
    {
        ElementType.Float32 => FromArray(tensor.Floats, torch.ScalarType.Float32, tensor.Shape, device),
        ElementType.Int64 => FromArray(tensor.Integers, torch.ScalarType.Int64, tensor.Shape, device),
        _ => throw new NotSupportedException($"Tensors of {tensor.Type} cannot go into a network."),
    };

    public static TorchTensor ToTorch(Constant constant, torch.Device device) => constant.Data switch
    {
        float[] floats => FromArray(floats, torch.ScalarType.Float32, constant.Shape.ToSizes(), device),
        long[] longs => FromArray(longs, torch.ScalarType.Int64, constant.Shape.ToSizes(), device),
        _ => throw new NotSupportedException($"{constant.Name}: constants are of floats or 64-bit integers."),
    };

    /// <summary>0, 1, 2, ... as 32-bit floats.</summary>
    public static TorchTensor Positions(long count, torch.Device device) =>
        FromArray([.. Enumerable.Range(0, checked((int)count)).Select(i => (float)i)], torch.ScalarType.Float32, [count], device);

    /// <summary>A copy in managed memory.</summary>
    public static Tensor FromTorch(TorchTensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        return plain.dtype == torch.ScalarType.Int64
            ? Tensor.Of(MemoryMarshal.Cast<byte, long>(plain.bytes).ToArray(), plain.shape)
            : Tensor.Of(MemoryMarshal.Cast<byte, float>(plain.to_type(torch.ScalarType.Float32).bytes).ToArray(), plain.shape);
    }

    private static TorchTensor FromArray<T>(T[] data, torch.ScalarType type, IEnumerable<long> shape, torch.Device device)
        where T : unmanaged
    {
        var tensor = torch.empty([.. shape], type);
        MemoryMarshal.AsBytes(data.AsSpan()).CopyTo(tensor.bytes);
        return tensor.On(device);
    }
}
