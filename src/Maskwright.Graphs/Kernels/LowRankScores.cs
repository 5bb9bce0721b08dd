using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>
/// Products of vectors with an image that prompts have added something to: <c>(vectors image * factor + mixed shares + constant) * divisor + vectors positions</c>, head by head.
/// </summary>
/// <remarks>
/// Wants AVX-512 F and DQ, or AVX2 with FMA, or any 128-bit vectors; cells in the lanes, a tile of two vectors at a time. A task is a range of cells for all prompts, so
/// that a tile of the image is laid out once.
/// </remarks>
internal static unsafe class LowRankScores
{
    private const int CellsInTask = 256;

    /// <summary>Number of independent tasks.</summary>
    public static int TaskCount(in LowRankScoresBuffers b) => (b.Cells + CellsInTask - 1) / CellsInTask;

    /// <summary>The specification.</summary>
    /// <param name="b">The tensors.</param>
    public static void RunScalar(in LowRankScoresBuffers b)
    {
        var all = b.Heads * b.Tokens;
        for (long row = 0; row < (long)b.Prompts * all; row++)
        {
            var (prompt, own) = Math.DivRem(row, all);
            var vector = b.Vectors + (row * b.Width);
            var first = own / b.Tokens * b.Width * b.Cells;
            for (var cell = 0; cell < b.Cells; cell++)
            {
                double ofImage = 0, ofPositions = 0, ofShares = 0;
                for (var i = 0; i < b.Width; i++)
                {
                    ofImage += (double)vector[i] * b.Image[first + ((long)i * b.Cells) + cell];
                    ofPositions += (double)vector[i] * b.Positions[first + ((long)i * b.Cells) + cell];
                }

                for (var r = 0; r < b.Rows; r++)
                {
                    ofShares += (double)b.Mixed[(row * b.Rows) + r] * b.Shares[(((prompt * b.Rows) + r) * b.Cells) + cell];
                }

                var sum = (ofImage * b.Factor[(prompt * b.FactorStride) + cell]) + ofShares + b.Constant[(prompt * b.ConstantStride) + own];
                b.Scores[(row * b.Cells) + cell] = (float)((sum * b.Divisor[(prompt * b.Cells) + cell]) + ofPositions);
            }
        }
    }

    /// <summary>The vector form of one task. Reads all inputs, writes only this task's part of the output.</summary>
    /// <param name="task">Number from 0 to <see cref="TaskCount"/> - 1.</param>
    /// <param name="b">The tensors.</param>
    public static void RunTask(int task, in LowRankScoresBuffers b)
    {
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            RunTask<FloatLanes512, Vector512<float>>(task, b);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            RunTask<FloatLanes256, Vector256<float>>(task, b);
        }
        else
        {
            RunTask<FloatLanes128, Vector128<float>>(task, b);
        }
    }

    /// <summary>The vector form with vectors of a given width.</summary>
    /// <typeparam name="TLanes">Arithmetic; its instructions must be there.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <inheritdoc cref="RunTask(int, in LowRankScoresBuffers)"/>
    [MethodImpl(KernelMethod.Loop)]
    public static void RunTask<TLanes, TVector>(int task, in LowRankScoresBuffers b)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var (tile, all, deep) = (2 * TLanes.Count, b.Heads * b.Tokens, b.Heads * b.Width);
        var scratch = new KernelScratch((long)tile * ((2 * deep) + b.Rows + all + 3), 7);
        try
        {
            float* image = scratch.Take(deep * tile), positions = scratch.Take(deep * tile), shares = scratch.Take(b.Rows * tile), sums = scratch.Take(all * tile);
            float* factor = scratch.Take(tile), divisor = scratch.Take(tile), zeros = scratch.Take(tile, 0f);
            var end = Math.Min(b.Cells, (task + 1) * CellsInTask);
            for (var cell = task * CellsInTask; cell < end; cell += tile)
            {
                var count = Math.Min(tile, end - cell);
                Copy(b.Image + cell, b.Cells, image, tile, deep, count);
                Copy(b.Positions + cell, b.Cells, positions, tile, deep, count);
                for (var prompt = 0; prompt < b.Prompts; prompt++)
                {
                    Copy(b.Shares + ((long)prompt * b.Rows * b.Cells) + cell, b.Cells, shares, tile, b.Rows, count);
                    Copy(b.Factor + (prompt * b.FactorStride) + cell, b.Cells, factor, tile, 1, count);
                    Copy(b.Divisor + ((long)prompt * b.Cells) + cell, b.Cells, divisor, tile, 1, count);
                    ByHead<TLanes, TVector>(b, prompt, image, start: zeros, startRow: 0, zeros, zeros, sums);
                    new LaneProduct<TLanes, TVector>
                    {
                        Left = b.Mixed + ((long)prompt * all * b.Rows), LeftRow = b.Rows, LeftStep = 1, Right = shares, Steps = b.Rows,
                        Start = sums, StartRow = tile, Factor = factor, Offset = zeros, Destination = sums,
                    }.Run(all);
                    Add<TLanes, TVector>(sums, b.Constant + (prompt * b.ConstantStride), all);
                    ByHead<TLanes, TVector>(b, prompt, positions, start: sums, startRow: tile, divisor, zeros, sums);
                    Copy(sums, tile, b.Scores + ((long)prompt * all * b.Cells) + cell, b.Cells, all, count, clears: false);
                }
            }
        }
        finally
        {
            scratch.Dispose();
        }
    }

    // start * factor + vectors * right, every head with its own part of the right side.
    [MethodImpl(KernelMethod.Loop)]
    private static void ByHead<TLanes, TVector>(in LowRankScoresBuffers b, int prompt, float* right, float* start, nint startRow, float* factor, float* zeros, float* sums)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var tile = 2 * TLanes.Count;
        for (var head = 0; head < b.Heads; head++)
        {
            new LaneProduct<TLanes, TVector>
            {
                Left = b.Vectors + (((long)prompt * b.Heads) + head) * b.Tokens * b.Width, LeftRow = b.Width, LeftStep = 1,
                Right = right + (head * b.Width * tile), Steps = b.Width,
                Start = start + (head * b.Tokens * startRow), StartRow = startRow, Factor = factor, Offset = zeros,
                Destination = sums + (head * b.Tokens * tile),
            }.Run(b.Tokens);
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private static void Add<TLanes, TVector>(float* sums, float* constant, int rows)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        for (var row = 0; row < rows; row++, sums += 2 * TLanes.Count)
        {
            var added = TLanes.Broadcast(constant[row]);
            TLanes.Store(TLanes.Add(TLanes.Load(sums), added), sums);
            TLanes.Store(TLanes.Add(TLanes.Load(sums + TLanes.Count), added), sums + TLanes.Count);
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private static void Copy(float* from, nint fromRow, float* to, nint toRow, int rows, int count, bool clears = true)
    {
        for (nint row = 0; row < rows; row++)
        {
            var target = new Span<float>(to + (row * toRow), clears ? (int)toRow : count);
            new ReadOnlySpan<float>(from + (row * fromRow), count).CopyTo(target);
            target[count..].Clear();
        }
    }
}
