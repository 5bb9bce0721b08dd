using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maskwright.Graphs.Kernels;

/// <summary>Eight lanes: wants AVX2 with FMA.</summary>
internal readonly unsafe struct FloatLanes256 : IFloatLanes<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    public static bool HasManyRegisters => false;

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> Load(float* address) => Vector256.Load(address);

    [MethodImpl(KernelMethod.Step)]
    public static void Store(Vector256<float> value, float* address) => value.Store(address);

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.MultiplyAddEstimate(a, b, c);

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.MaxNative(a, b);

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Vector256.MinNative(a, b);

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> SquareRoot(Vector256<float> x) => Vector256.Sqrt(x);

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> Exp2(Vector256<float> x)
    {
        x = Vector256.MaxNative(x, Vector256.Create(-126f)); // the exponent must stay that of a normal number
        var n = Vector256.Round(x);
        var f = x - n;
        var p = MultiplyAdd(f, Vector256.Create(Exp2Polynomial.Round.C5), Vector256.Create(Exp2Polynomial.Round.C4));
        p = MultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.Round.C3));
        p = MultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.Round.C2));
        p = MultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.Round.C1));
        p = MultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.Round.C0));
        return (p.AsInt32() + (Vector256.ConvertToInt32Native(n) << 23)).AsSingle();
    }

    [MethodImpl(KernelMethod.Step)]
    public static Vector256<float> LoadIntegers(int* address) => Vector256.ConvertToSingle(Vector256.Load(address));

    [MethodImpl(KernelMethod.Step)]
    public static void StoreBytes(Vector256<float> x, byte* address)
    {
        var integers = Integers(x);
        var words = Vector128.Narrow(integers.GetLower(), integers.GetUpper()).AsUInt16();
        *(ulong*)address = Vector128.Narrow(words, words).AsUInt64()[0];
    }

    [MethodImpl(KernelMethod.Step)]
    public static void StoreInterleaved(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, byte* address) =>
        (Integers(a) | (Integers(b) << 8) | (Integers(c) << 16) | (Integers(d) << 24)).Store((int*)address);

    [MethodImpl(KernelMethod.Step)]
    private static Vector256<int> Integers(Vector256<float> x) => Vector256.ConvertToInt32Native(x);
}
