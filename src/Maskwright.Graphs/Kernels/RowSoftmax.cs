using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>Softmax over the rows of every matrix of [B,R,N], column by column: what few tokens get of every cell.</summary>
/// <remarks>Wants AVX-512 F and DQ, or AVX2 with FMA, or any 128-bit vectors; columns in the lanes. A task is a matrix.</remarks>
internal static unsafe class RowSoftmax
{
    private const float Log2E = 1.44269504f;

    /// <summary>The specification.</summary>
    /// <param name="x">[R,N].</param>
    /// <param name="y">[R,N]; may be <paramref name="x"/>.</param>
    /// <param name="rows">R, positive.</param>
    /// <param name="columns">N.</param>
    public static void RunScalar(float* x, float* y, int rows, int columns)
    {
        for (var column = 0; column < columns; column++)
        {
            var (largest, sum) = (float.NegativeInfinity, 0f);
            for (var row = 0; row < rows; row++)
            {
                largest = MathF.Max(largest, x[((long)row * columns) + column]);
            }

            for (var row = 0; row < rows; row++)
            {
                sum += y[((long)row * columns) + column] = MathF.Exp(x[((long)row * columns) + column] - largest);
            }

            for (var row = 0; row < rows; row++)
            {
                y[((long)row * columns) + column] /= sum;
            }
        }
    }

    /// <summary>The vector form.</summary>
    /// <inheritdoc cref="RunScalar"/>
    public static void Run(float* x, float* y, int rows, int columns)
    {
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            Run<FloatLanes512, Vector512<float>>(x, y, rows, columns);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<FloatLanes256, Vector256<float>>(x, y, rows, columns);
        }
        else
        {
            Run<FloatLanes128, Vector128<float>>(x, y, rows, columns);
        }
    }

    /// <summary>The vector form with vectors of a given width.</summary>
    /// <typeparam name="TLanes">Arithmetic; its instructions must be there.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <inheritdoc cref="RunScalar"/>
    [MethodImpl(KernelMethod.Loop)]
    public static void Run<TLanes, TVector>(float* x, float* y, int rows, int columns)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        if (columns < TLanes.Count)
        {
            RunScalar(x, y, rows, columns);
            return;
        }

        // The last vector overlaps the one before it, so its columns must still be what they were.
        var tail = stackalloc float[TLanes.Count * rows];
        for (var row = 0; row < rows; row++)
        {
            TLanes.Store(TLanes.Load(x + ((long)row * columns) + columns - TLanes.Count), tail + (row * TLanes.Count));
        }

        for (var column = 0; column + TLanes.Count <= columns; column += TLanes.Count)
        {
            Columns<TLanes, TVector>(x + column, columns, y + column, columns, rows);
        }

        Columns<TLanes, TVector>(tail, TLanes.Count, y + columns - TLanes.Count, columns, rows);
    }

    [MethodImpl(KernelMethod.Step)]
    private static void Columns<TLanes, TVector>(float* x, nint xRow, float* y, nint yRow, int rows)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var largest = TLanes.Load(x);
        for (nint row = 1; row < rows; row++)
        {
            largest = TLanes.Max(largest, TLanes.Load(x + (row * xRow)));
        }

        var sum = TLanes.Broadcast(0);
        for (nint row = 0; row < rows; row++)
        {
            var power = TLanes.Exp2(TLanes.Multiply(TLanes.Subtract(TLanes.Load(x + (row * xRow)), largest), TLanes.Broadcast(Log2E)));
            sum = TLanes.Add(sum, power);
            TLanes.Store(power, y + (row * yRow));
        }

        var share = TLanes.Divide(TLanes.Broadcast(1), sum);
        for (nint row = 0; row < rows; row++)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Load(y + (row * yRow)), share), y + (row * yRow));
        }
    }
}
