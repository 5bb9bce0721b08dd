using System.Runtime.CompilerServices;

namespace Maskwright.Graphs.Kernels;

/// <summary>Steps that the kernels for bytes share.</summary>
internal static unsafe class ByteLanes
{
    /// <summary>The least and the greatest of some numbers and 0.</summary>
    /// <typeparam name="TLanes">Arithmetic; its instructions must be there.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <param name="count">How many.</param>
    [MethodImpl(KernelMethod.Loop)]
    public static (float Least, float Greatest) Range<TLanes, TVector>(float* x, int count)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var (least, greatest) = (TLanes.Broadcast(0), TLanes.Broadcast(0));
        var whole = count - (count % TLanes.Count);
        for (var i = 0; i < whole; i += TLanes.Count)
        {
            var v = TLanes.Load(x + i);
            (least, greatest) = (TLanes.Min(least, v), TLanes.Max(greatest, v));
        }

        var lanes = stackalloc float[2 * TLanes.Count];
        TLanes.Store(least, lanes);
        TLanes.Store(greatest, lanes + TLanes.Count);
        var (lowest, highest) = (0f, 0f);
        for (var i = 0; i < TLanes.Count; i++)
        {
            (lowest, highest) = (MathF.Min(lowest, lanes[i]), MathF.Max(highest, lanes[TLanes.Count + i]));
        }

        for (var i = whole; i < count; i++)
        {
            (lowest, highest) = (MathF.Min(lowest, x[i]), MathF.Max(highest, x[i]));
        }

        return (lowest, highest);
    }

    /// <summary>Numbers as bytes of a scale, not yet cut to whole ones.</summary>
    [MethodImpl(KernelMethod.Step)]
    public static TVector Scaled<TLanes, TVector>(TVector x, TVector factor, TVector offset)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged =>
        TLanes.Max(TLanes.Min(TLanes.MultiplyAdd(x, factor, offset), TLanes.Broadcast(255)), TLanes.Broadcast(0));
}
