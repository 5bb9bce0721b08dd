using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>Sixteen lanes: wants AVX-512 F and DQ.</summary>
internal readonly unsafe struct FloatLanes512 : IFloatLanes<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static bool HasManyRegisters => true;

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> Load(float* address) => Vector512.Load(address);

    [MethodImpl(KernelMethod.Step)]
    public static void Store(Vector512<float> value, float* address) => value.Store(address);

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.MultiplyAddEstimate(a, b, c);

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Vector512.MinNative(a, b);

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> SquareRoot(Vector512<float> x) => Vector512.Sqrt(x);

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> Exp2(Vector512<float> x)
    {
        var f = Avx512DQ.Reduce(x, 1); // x - floor(x)
        var p = MultiplyAdd(f, Vector512.Create(Exp2Polynomial.Floor.C5), Vector512.Create(Exp2Polynomial.Floor.C4));
        p = MultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.Floor.C3));
        p = MultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.Floor.C2));
        p = MultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.Floor.C1));
        p = MultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.Floor.C0));
        return Avx512F.Scale(p, x); // p * 2^floor(x)
    }

    [MethodImpl(KernelMethod.Step)]
    public static Vector512<float> LoadIntegers(int* address) => Vector512.ConvertToSingle(Vector512.Load(address));

    [MethodImpl(KernelMethod.Step)]
    public static void StoreBytes(Vector512<float> x, byte* address) => Avx512F.ConvertToVector128Byte(Integers(x)).Store(address);

    [MethodImpl(KernelMethod.Step)]
    public static void StoreInterleaved(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, byte* address) =>
        (Integers(a) | (Integers(b) << 8) | (Integers(c) << 16) | (Integers(d) << 24)).Store((int*)address);

    [MethodImpl(KernelMethod.Step)]
    private static Vector512<int> Integers(Vector512<float> x) => Vector512.ConvertToInt32Native(x);
}
