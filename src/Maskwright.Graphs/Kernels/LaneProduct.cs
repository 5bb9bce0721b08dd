using System.Runtime.CompilerServices;

namespace Maskwright.Graphs.Kernels;

/// <summary>Matrix product whose right side is two vectors wide: <c>destination = start * factor + offset + left * right</c>.</summary>
/// <remarks>Tiles of up to eight rows keep their sums in registers; every number of the left side is read once and used for two vectors.</remarks>
/// <typeparam name="TLanes">Arithmetic.</typeparam>
/// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
internal unsafe ref struct LaneProduct<TLanes, TVector>
    where TLanes : struct, IFloatLanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Left side: number (row, step) lies at <c>row * LeftRow + step * LeftStep</c>.</summary>
    public required float* Left;

    /// <summary>Floats from a row of the left side to the next.</summary>
    public required nint LeftRow;

    /// <summary>Floats from a step of the left side to the next.</summary>
    public required nint LeftStep;

    /// <summary>Right side, [steps, two vectors], contiguous.</summary>
    public required float* Right;

    /// <summary>Length of the sums.</summary>
    public required int Steps;

    /// <summary>What the sums start from, a row of two vectors each.</summary>
    public required float* Start;

    /// <summary>Floats from a row of the start to the next; 0 starts all rows alike.</summary>
    public required nint StartRow;

    /// <summary>Two vectors that multiply every row of the start.</summary>
    public required float* Factor;

    /// <summary>Two vectors that are added to every row of the start.</summary>
    public required float* Offset;

    /// <summary>Result, [rows, two vectors], contiguous; may be the start.</summary>
    public required float* Destination;

    /// <summary>The largest result of each lane so far.</summary>
    public TVector Largest0;

    /// <summary>The largest result of each lane of the second vector so far.</summary>
    public TVector Largest1;

    /// <summary>Computes the next <paramref name="rows"/> rows and moves on.</summary>
    [MethodImpl(KernelMethod.Loop)]
    public void Run(int rows)
    {
        for (; TLanes.HasManyRegisters && rows >= 8; rows -= 8)
        {
            Eight();
        }

        for (; rows >= 6; rows -= 6)
        {
            Six();
        }

        for (; rows >= 4; rows -= 4)
        {
            Four();
        }

        for (; rows >= 2; rows -= 2)
        {
            Two();
        }

        if (rows == 1)
        {
            One();
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Eight()
    {
        var left = Left;
        var right = Right;
        var (row, step, width) = (LeftRow, LeftStep, 2 * TLanes.Count);
        Begin(0, out var s00, out var s01);
        Begin(1, out var s10, out var s11);
        Begin(2, out var s20, out var s21);
        Begin(3, out var s30, out var s31);
        Begin(4, out var s40, out var s41);
        Begin(5, out var s50, out var s51);
        Begin(6, out var s60, out var s61);
        Begin(7, out var s70, out var s71);
        for (var i = Steps; i > 0; i--)
        {
            var (r0, r1) = (TLanes.Load(right), TLanes.Load(right + TLanes.Count));
            Step(left, r0, r1, ref s00, ref s01);
            Step(left + row, r0, r1, ref s10, ref s11);
            Step(left + (2 * row), r0, r1, ref s20, ref s21);
            Step(left + (3 * row), r0, r1, ref s30, ref s31);
            Step(left + (4 * row), r0, r1, ref s40, ref s41);
            Step(left + (5 * row), r0, r1, ref s50, ref s51);
            Step(left + (6 * row), r0, r1, ref s60, ref s61);
            Step(left + (7 * row), r0, r1, ref s70, ref s71);
            left += step;
            right += width;
        }

        End(0, s00, s01);
        End(1, s10, s11);
        End(2, s20, s21);
        End(3, s30, s31);
        End(4, s40, s41);
        End(5, s50, s51);
        End(6, s60, s61);
        End(7, s70, s71);
        Largest0 = TLanes.Max(Largest0, TLanes.Max(TLanes.Max(TLanes.Max(s00, s10), TLanes.Max(s20, s30)), TLanes.Max(TLanes.Max(s40, s50), TLanes.Max(s60, s70))));
        Largest1 = TLanes.Max(Largest1, TLanes.Max(TLanes.Max(TLanes.Max(s01, s11), TLanes.Max(s21, s31)), TLanes.Max(TLanes.Max(s41, s51), TLanes.Max(s61, s71))));
        Advance(8);
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Six()
    {
        var left = Left;
        var right = Right;
        var (row, step, width) = (LeftRow, LeftStep, 2 * TLanes.Count);
        Begin(0, out var s00, out var s01);
        Begin(1, out var s10, out var s11);
        Begin(2, out var s20, out var s21);
        Begin(3, out var s30, out var s31);
        Begin(4, out var s40, out var s41);
        Begin(5, out var s50, out var s51);
        for (var i = Steps; i > 0; i--)
        {
            var (r0, r1) = (TLanes.Load(right), TLanes.Load(right + TLanes.Count));
            Step(left, r0, r1, ref s00, ref s01);
            Step(left + row, r0, r1, ref s10, ref s11);
            Step(left + (2 * row), r0, r1, ref s20, ref s21);
            Step(left + (3 * row), r0, r1, ref s30, ref s31);
            Step(left + (4 * row), r0, r1, ref s40, ref s41);
            Step(left + (5 * row), r0, r1, ref s50, ref s51);
            left += step;
            right += width;
        }

        End(0, s00, s01);
        End(1, s10, s11);
        End(2, s20, s21);
        End(3, s30, s31);
        End(4, s40, s41);
        End(5, s50, s51);
        Largest0 = TLanes.Max(Largest0, TLanes.Max(TLanes.Max(s00, TLanes.Max(s10, s20)), TLanes.Max(s30, TLanes.Max(s40, s50))));
        Largest1 = TLanes.Max(Largest1, TLanes.Max(TLanes.Max(s01, TLanes.Max(s11, s21)), TLanes.Max(s31, TLanes.Max(s41, s51))));
        Advance(6);
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Four()
    {
        var left = Left;
        var right = Right;
        var (row, step, width) = (LeftRow, LeftStep, 2 * TLanes.Count);
        Begin(0, out var s00, out var s01);
        Begin(1, out var s10, out var s11);
        Begin(2, out var s20, out var s21);
        Begin(3, out var s30, out var s31);
        for (var i = Steps; i > 0; i--)
        {
            var (r0, r1) = (TLanes.Load(right), TLanes.Load(right + TLanes.Count));
            Step(left, r0, r1, ref s00, ref s01);
            Step(left + row, r0, r1, ref s10, ref s11);
            Step(left + (2 * row), r0, r1, ref s20, ref s21);
            Step(left + (3 * row), r0, r1, ref s30, ref s31);
            left += step;
            right += width;
        }

        End(0, s00, s01);
        End(1, s10, s11);
        End(2, s20, s21);
        End(3, s30, s31);
        Largest0 = TLanes.Max(Largest0, TLanes.Max(TLanes.Max(s00, s10), TLanes.Max(s20, s30)));
        Largest1 = TLanes.Max(Largest1, TLanes.Max(TLanes.Max(s01, s11), TLanes.Max(s21, s31)));
        Advance(4);
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Two()
    {
        var left = Left;
        var right = Right;
        var (row, step, width) = (LeftRow, LeftStep, 2 * TLanes.Count);
        Begin(0, out var s00, out var s01);
        Begin(1, out var s10, out var s11);
        for (var i = Steps; i > 0; i--)
        {
            var (r0, r1) = (TLanes.Load(right), TLanes.Load(right + TLanes.Count));
            Step(left, r0, r1, ref s00, ref s01);
            Step(left + row, r0, r1, ref s10, ref s11);
            left += step;
            right += width;
        }

        End(0, s00, s01);
        End(1, s10, s11);
        Largest0 = TLanes.Max(Largest0, TLanes.Max(s00, s10));
        Largest1 = TLanes.Max(Largest1, TLanes.Max(s01, s11));
        Advance(2);
    }

    [MethodImpl(KernelMethod.Loop)]
    private void One()
    {
        var left = Left;
        var right = Right;
        var (row, step, width) = (LeftRow, LeftStep, 2 * TLanes.Count);
        Begin(0, out var s00, out var s01);
        for (var i = Steps; i > 0; i--)
        {
            var (r0, r1) = (TLanes.Load(right), TLanes.Load(right + TLanes.Count));
            Step(left, r0, r1, ref s00, ref s01);
            left += step;
            right += width;
        }

        End(0, s00, s01);
        Largest0 = TLanes.Max(Largest0, s00);
        Largest1 = TLanes.Max(Largest1, s01);
        Advance(1);
    }

    [MethodImpl(KernelMethod.Step)]
    private readonly void Begin(int row, out TVector s0, out TVector s1)
    {
        var start = Start + (row * StartRow);
        s0 = TLanes.MultiplyAdd(TLanes.Load(start), TLanes.Load(Factor), TLanes.Load(Offset));
        s1 = TLanes.MultiplyAdd(TLanes.Load(start + TLanes.Count), TLanes.Load(Factor + TLanes.Count), TLanes.Load(Offset + TLanes.Count));
    }

    [MethodImpl(KernelMethod.Step)]
    private static void Step(float* left, TVector r0, TVector r1, ref TVector s0, ref TVector s1)
    {
        var l = TLanes.Broadcast(*left);
        s0 = TLanes.MultiplyAdd(l, r0, s0);
        s1 = TLanes.MultiplyAdd(l, r1, s1);
    }

    [MethodImpl(KernelMethod.Step)]
    private readonly void End(int row, TVector s0, TVector s1)
    {
        var destination = Destination + (row * 2 * TLanes.Count);
        TLanes.Store(s0, destination);
        TLanes.Store(s1, destination + TLanes.Count);
    }

    [MethodImpl(KernelMethod.Step)]
    private void Advance(int rows)
    {
        Left += rows * LeftRow;
        Start += rows * StartRow;
        Destination += rows * 2 * TLanes.Count;
    }
}
