using System.Runtime.InteropServices;
using Maskwright.Graphs.Weights;

namespace Maskwright.Graphs.Onnx;

/// <summary>Weights that a session reads from elsewhere than the file: those that the file holds in another precision, widened to 32-bit floats, and those that are made anew.</summary>
internal sealed unsafe class ConvertedWeights : IDisposable
{
    private readonly List<nint> _blocks = [];

    public nint AddressOf(WeightTensor tensor)
    {
        if (tensor.Type == ElementType.Float32)
        {
            return tensor.Address;
        }

        var block = Allocate(tensor.ElementCount * sizeof(float));
        tensor.CopyToFloat32(new Span<float>((void*)block, checked((int)tensor.ElementCount)));
        return block;
    }

    /// <summary>Memory that lives as long as this; its contents are undefined.</summary>
    public nint Allocate(long bytes)
    {
        var block = (nint)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        _blocks.Add(block);
        return block;
    }

    public void Dispose()
    {
        _blocks.ForEach(block => NativeMemory.AlignedFree((void*)block));
        _blocks.Clear();
    }
}
