using System.Runtime.InteropServices;
using Maskwright.Testing;

namespace Maskwright.Bench;

/// <summary>Floats outside the managed heap, aligned to a cache line, filled by name.</summary>
internal sealed unsafe class NativeTensor : IDisposable
{
    public NativeTensor(string name, long length)
    {
        Data = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);
        SyntheticTensor.Input(name, (int)length).CopyTo(new Span<float>(Data, (int)length));
    }

    public float* Data { get; private set; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Data);
        Data = null;
    }
}
