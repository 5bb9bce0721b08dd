using System.Runtime.InteropServices;
using Maskwright.Graphs.Weights;

namespace Maskwright.Graphs.Onnx;

/// <summary>Weights that the file holds in another precision, widened to 32-bit floats; the others stay where they are.</summary>
internal sealed unsafe class ConvertedWeights : IDisposable
{
    private readonly List<nint> _blocks = [];

    public nint AddressOf(WeightTensor tensor)
    {
        if (tensor.Type == ElementType.Float32)
        {
            return tensor.Address;
        }

        var block = NativeMemory.AlignedAlloc((nuint)(tensor.ElementCount * sizeof(float)), 64);
        _blocks.Add((nint)block);
        tensor.CopyToFloat32(new Span<float>(block, checked((int)tensor.ElementCount)));
        return (nint)block;
    }

    public void Dispose()
    {
        _blocks.ForEach(block => NativeMemory.AlignedFree((void*)block));
        _blocks.Clear();
    }
}
