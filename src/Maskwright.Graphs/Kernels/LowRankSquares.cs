using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>A quadratic function of every column a of shares A [R,N]: <c>a (G a + across * factor + along)</c>.</summary>
/// <remarks>Wants AVX-512 F and DQ, or AVX2 with FMA, or any 128-bit vectors; columns in the lanes, a tile of two vectors at a time. A task is a matrix.</remarks>
internal static unsafe class LowRankSquares
{
    private const int RowsOfBlock = 8;

    /// <summary>The specification.</summary>
    /// <param name="b">The tensors of one matrix.</param>
    public static void RunScalar(in LowRankSquaresBuffers b)
    {
        for (var column = 0; column < b.Columns; column++)
        {
            var square = 0.0;
            for (var row = 0; row < b.Rows; row++)
            {
                var sum = ((double)b.Across[((long)row * b.Columns) + column] * b.Factor[column]) + b.Along[row];
                for (var other = 0; other < b.Rows; other++)
                {
                    sum += (double)b.Products[(row * b.Rows) + other] * b.Shares[((long)other * b.Columns) + column];
                }

                square += sum * b.Shares[((long)row * b.Columns) + column];
            }

            b.Squares[column] = (float)square;
        }
    }

    /// <summary>The vector form.</summary>
    /// <param name="b">The tensors of one matrix.</param>
    public static void Run(in LowRankSquaresBuffers b)
    {
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            Run<FloatLanes512, Vector512<float>>(b);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<FloatLanes256, Vector256<float>>(b);
        }
        else
        {
            Run<FloatLanes128, Vector128<float>>(b);
        }
    }

    /// <summary>The vector form with vectors of a given width.</summary>
    /// <typeparam name="TLanes">Arithmetic; its instructions must be there.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <param name="b">The tensors of one matrix.</param>
    [MethodImpl(KernelMethod.Loop)]
    public static void Run<TLanes, TVector>(in LowRankSquaresBuffers b)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var width = 2 * TLanes.Count;
        var scratch = new KernelScratch((3L * b.Rows * width) + (3 * width) + ((long)b.Rows * b.Rows), 7);
        try
        {
            float* shares = scratch.Take(b.Rows * width), across = scratch.Take(b.Rows * width), sums = scratch.Take(b.Rows * width);
            float* zeros = scratch.Take(width, 0f), factor = scratch.Take(width), squares = scratch.Take(width), folded = scratch.Take((long)b.Rows * b.Rows);
            Fold(b, folded);
            for (var column = 0; column < b.Columns; column += width)
            {
                var count = Math.Min(width, b.Columns - column);
                Copy(b.Shares + column, b.Columns, shares, width, b.Rows, count);
                Copy(b.Across + column, b.Columns, across, width, b.Rows, count);
                Copy(b.Factor + column, b.Columns, factor, width, 1, count);
                for (var row = 0; row < b.Rows; row += RowsOfBlock)
                {
                    new LaneProduct<TLanes, TVector>
                    {
                        Left = folded + (row * b.Rows) + row, LeftRow = b.Rows, LeftStep = 1, Right = shares + (row * width), Steps = b.Rows - row,
                        Start = across + (row * width), StartRow = width, Factor = factor, Offset = zeros, Destination = sums + (row * width),
                    }.Run(Math.Min(RowsOfBlock, b.Rows - row));
                }

                Sum<TLanes, TVector>(b, shares, sums, squares);
                new ReadOnlySpan<float>(squares, count).CopyTo(new Span<float>(b.Squares + column, count));
            }
        }
        finally
        {
            scratch.Dispose();
        }
    }

    // a G a is a U a for the triangle U of which every number above the diagonal is the sum of G's two; half of the products fall away.
    [MethodImpl(KernelMethod.Loop)]
    private static void Fold(in LowRankSquaresBuffers b, float* folded)
    {
        for (var row = 0; row < b.Rows; row++)
        {
            for (var other = 0; other < b.Rows; other++)
            {
                var pair = b.Products[(row * b.Rows) + other] + b.Products[(other * b.Rows) + row];
                folded[(row * b.Rows) + other] = other > row ? pair : other == row ? b.Products[(row * b.Rows) + row] : 0;
            }
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private static void Copy(float* from, nint fromRow, float* to, nint toRow, int rows, int count)
    {
        for (nint row = 0; row < rows; row++)
        {
            var lanes = new Span<float>(to + (row * toRow), (int)toRow);
            new ReadOnlySpan<float>(from + (row * fromRow), count).CopyTo(lanes);
            lanes[count..].Clear();
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private static void Sum<TLanes, TVector>(in LowRankSquaresBuffers b, float* shares, float* sums, float* squares)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var (s0, s1) = (TLanes.Broadcast(0), TLanes.Broadcast(0));
        for (var row = 0; row < b.Rows; row++, shares += 2 * TLanes.Count, sums += 2 * TLanes.Count)
        {
            var along = TLanes.Broadcast(b.Along[row]);
            s0 = TLanes.MultiplyAdd(TLanes.Load(shares), TLanes.Add(TLanes.Load(sums), along), s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(shares + TLanes.Count), TLanes.Add(TLanes.Load(sums + TLanes.Count), along), s1);
        }

        TLanes.Store(s0, squares);
        TLanes.Store(s1, squares + TLanes.Count);
    }
}
