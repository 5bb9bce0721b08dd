using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>Turns rows that lie anywhere into lanes and back, four by four.</summary>
internal static unsafe class LaneTransposition
{
    /// <summary>Reads rows: <c>to[channel * lanes + lane] = rows[lane][channel] * factor</c>.</summary>
    /// <param name="rows">Where each lane's row lies.</param>
    /// <param name="width">Channels.</param>
    /// <param name="lanes">Lanes; a multiple of 4.</param>
    /// <param name="factor">Multiplies every number.</param>
    /// <param name="to">[width, lanes].</param>
    [MethodImpl(KernelMethod.Loop)]
    public static void ToLanes(float** rows, int width, int lanes, float factor, float* to)
    {
        var whole = width & ~3;
        for (var lane = 0; lane < lanes; lane += 4, rows += 4, to += 4)
        {
            for (var c = 0; c < whole; c += 4)
            {
                var four = new Four(Vector128.Load(rows[0] + c), Vector128.Load(rows[1] + c), Vector128.Load(rows[2] + c), Vector128.Load(rows[3] + c));
                four = Transpose(four);
                (four.A * factor).Store(to + (c * lanes));
                (four.B * factor).Store(to + ((c + 1) * lanes));
                (four.C * factor).Store(to + ((c + 2) * lanes));
                (four.D * factor).Store(to + ((c + 3) * lanes));
            }

            for (var c = whole; c < width; c++)
            {
                var four = Vector128.Create(rows[0][c], rows[1][c], rows[2][c], rows[3][c]);
                (four * factor).Store(to + (c * lanes));
            }
        }
    }

    /// <summary>Writes rows: <c>rows[lane][channel] = from[channel * lanes + lane]</c>.</summary>
    /// <param name="from">[width, lanes].</param>
    /// <param name="lanes">Lanes of <paramref name="from"/>.</param>
    /// <param name="rows">Where each lane's row goes.</param>
    /// <param name="width">Channels.</param>
    /// <param name="count">Lanes to write, from the first.</param>
    [MethodImpl(KernelMethod.Loop)]
    public static void FromLanes(float* from, int lanes, float** rows, int width, int count)
    {
        var whole = width & ~3;
        for (; count >= 4; count -= 4, rows += 4, from += 4)
        {
            for (var c = 0; c < whole; c += 4)
            {
                var four = new Four(
                    Vector128.Load(from + (c * lanes)), Vector128.Load(from + ((c + 1) * lanes)),
                    Vector128.Load(from + ((c + 2) * lanes)), Vector128.Load(from + ((c + 3) * lanes)));
                four = Transpose(four);
                four.A.Store(rows[0] + c);
                four.B.Store(rows[1] + c);
                four.C.Store(rows[2] + c);
                four.D.Store(rows[3] + c);
            }

            for (var lane = 0; lane < 4; lane++)
            {
                Column(from + lane, lanes, rows[lane], whole, width);
            }
        }

        for (var lane = 0; lane < count; lane++)
        {
            Column(from + lane, lanes, rows[lane], 0, width);
        }
    }

    [MethodImpl(KernelMethod.Step)]
    private static void Column(float* from, int lanes, float* row, int first, int width)
    {
        for (var c = first; c < width; c++)
        {
            row[c] = from[c * lanes];
        }
    }

    [MethodImpl(KernelMethod.Step)]
    private static Four Transpose(Four rows)
    {
        var (low, high) = (Interleave(rows.A, rows.B), Interleave(rows.C, rows.D));
        if (Sse.IsSupported)
        {
            return new Four(
                Sse.MoveLowToHigh(low.First, high.First), Sse.MoveHighToLow(high.First, low.First),
                Sse.MoveLowToHigh(low.Second, high.Second), Sse.MoveHighToLow(high.Second, low.Second));
        }

        return new Four(
            Vector128.Create(low.First.GetLower(), high.First.GetLower()), Vector128.Create(low.First.GetUpper(), high.First.GetUpper()),
            Vector128.Create(low.Second.GetLower(), high.Second.GetLower()), Vector128.Create(low.Second.GetUpper(), high.Second.GetUpper()));
    }

    /// <summary>a0 b0 a1 b1 and a2 b2 a3 b3.</summary>
    [MethodImpl(KernelMethod.Step)]
    private static (Vector128<float> First, Vector128<float> Second) Interleave(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
        {
            return (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b));
        }

        return AdvSimd.Arm64.IsSupported
            ? (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b))
            : (Vector128.Create(a[0], b[0], a[1], b[1]), Vector128.Create(a[2], b[2], a[3], b[3]));
    }

    private readonly struct Four(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        public readonly Vector128<float> A = a;
        public readonly Vector128<float> B = b;
        public readonly Vector128<float> C = c;
        public readonly Vector128<float> D = d;
    }
}
