namespace Maskwright.Graphs.Kernels;

/// <summary>The arithmetic of one vector width, so that a kernel is written once and compiled for each.</summary>
/// <typeparam name="TVector">The vector of float32 lanes.</typeparam>
internal unsafe interface IFloatLanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Lanes of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Whether 32 vector registers are there; else 16.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    static abstract TVector Load(float* address);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    static abstract void Store(TVector value, float* address);

    /// <summary>The same number in every lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>Lane by lane <c>a + b</c>.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>Lane by lane <c>a - b</c>.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>Lane by lane <c>a * b</c>.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>Lane by lane <c>a / b</c>.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>Lane by lane <c>a * b + c</c>, rounded once where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>Lane by lane the larger; either where one is not a number.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>Lane by lane the smaller; either where one is not a number.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>Lane by lane the square root.</summary>
    static abstract TVector SquareRoot(TVector x);

    /// <summary>Two to the power of <paramref name="x"/>, for x from minus infinity (excluded) to 127; relative error at most 3e-7, below 2^-126 absolute.</summary>
    static abstract TVector Exp2(TVector x);

    /// <summary>Reads <see cref="Count"/> integers as floats.</summary>
    static abstract TVector LoadIntegers(int* address);

    /// <summary>Writes <see cref="Count"/> bytes: the whole parts of numbers from 0 to below 256.</summary>
    static abstract void StoreBytes(TVector x, byte* address);

    /// <summary>Writes 4 * <see cref="Count"/> bytes, lane by lane one of each: the whole parts of numbers from 0 to below 256.</summary>
    static abstract void StoreInterleaved(TVector a, TVector b, TVector c, TVector d, byte* address);
}
