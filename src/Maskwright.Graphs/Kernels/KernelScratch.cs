using System.Buffers;

namespace Maskwright.Graphs.Kernels;

/// <summary>Working memory of one task, from the shared pool, pinned, handed out in pieces that start on a cache line.</summary>
internal unsafe ref struct KernelScratch
{
    private const int LineBytes = 64;
    private readonly byte[] _memory;
    private System.Runtime.InteropServices.GCHandle _pin;
    private float* _next;

    /// <summary>Rents memory for some pieces.</summary>
    /// <param name="floats">Sum of the lengths of all pieces.</param>
    /// <param name="pieces">How many pieces there will be.</param>
    public KernelScratch(long floats, int pieces)
    {
        _memory = ArrayPool<byte>.Shared.Rent(checked((int)((floats * sizeof(float)) + ((pieces + 1) * LineBytes))));
        _pin = System.Runtime.InteropServices.GCHandle.Alloc(_memory, System.Runtime.InteropServices.GCHandleType.Pinned);
        _next = Align((float*)_pin.AddrOfPinnedObject());
    }

    /// <summary>The next piece; its contents are undefined.</summary>
    public float* Take(long floats)
    {
        var piece = _next;
        _next = Align(_next + floats);
        return piece;
    }

    /// <summary>The next piece, all of one value.</summary>
    public float* Take(int floats, float value)
    {
        var piece = Take(floats);
        new Span<float>(piece, floats).Fill(value);
        return piece;
    }

    /// <summary>Gives the memory back; no piece may be used afterwards.</summary>
    public void Dispose()
    {
        _pin.Free();
        ArrayPool<byte>.Shared.Return(_memory);
    }

    private static float* Align(float* address) => (float*)(((nuint)address + LineBytes - 1) & ~(nuint)(LineBytes - 1));
}
