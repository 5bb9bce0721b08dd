using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Maskwright.Graphs.Kernels;

/// <summary>Four lanes: NEON, SSE; with fused multiply-add where there is one.</summary>
internal readonly unsafe struct FloatLanes128 : IFloatLanes<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;

    public static bool HasManyRegisters => AdvSimd.IsSupported;

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> Load(float* address) => Vector128.Load(address);

    [MethodImpl(KernelMethod.Step)]
    public static void Store(Vector128<float> value, float* address) => value.Store(address);

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b);

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.MinNative(a, b);

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> SquareRoot(Vector128<float> x) => Vector128.Sqrt(x);

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> Exp2(Vector128<float> x)
    {
        x = Vector128.MaxNative(x, Vector128.Create(-126f)); // the exponent must stay that of a normal number
        var n = Vector128.Round(x);
        var f = x - n;
        var p = MultiplyAdd(f, Vector128.Create(Exp2Polynomial.Round.C5), Vector128.Create(Exp2Polynomial.Round.C4));
        p = MultiplyAdd(p, f, Vector128.Create(Exp2Polynomial.Round.C3));
        p = MultiplyAdd(p, f, Vector128.Create(Exp2Polynomial.Round.C2));
        p = MultiplyAdd(p, f, Vector128.Create(Exp2Polynomial.Round.C1));
        p = MultiplyAdd(p, f, Vector128.Create(Exp2Polynomial.Round.C0));
        return (p.AsInt32() + (Vector128.ConvertToInt32Native(n) << 23)).AsSingle();
    }

    [MethodImpl(KernelMethod.Step)]
    public static Vector128<float> LoadIntegers(int* address) => Vector128.ConvertToSingle(Vector128.Load(address));

    [MethodImpl(KernelMethod.Step)]
    public static void StoreBytes(Vector128<float> x, byte* address)
    {
        var integers = Integers(x);
        var words = Vector128.Narrow(integers, integers).AsUInt16();
        *(uint*)address = Vector128.Narrow(words, words).AsUInt32()[0];
    }

    [MethodImpl(KernelMethod.Step)]
    public static void StoreInterleaved(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, byte* address) =>
        (Integers(a) | (Integers(b) << 8) | (Integers(c) << 16) | (Integers(d) << 24)).Store((int*)address);

    [MethodImpl(KernelMethod.Step)]
    private static Vector128<int> Integers(Vector128<float> x) => Vector128.ConvertToInt32Native(x);
}
