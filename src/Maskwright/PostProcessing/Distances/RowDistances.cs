using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Maskwright.PostProcessing;

/// <summary>Joins column distances along one row to squared Euclidean distances; keeps its buffers from row to row.</summary>
/// <remarks>
/// Inside a run of set pixels only the run's own columns and the two pixels at its ends can be nearest, so each run stands alone. A run that is nowhere deep
/// is searched outwards, 16 pixels at a time (wants AVX-512; never more than <see cref="SearchLimit"/> steps); a deep one gets the lower envelope.
/// </remarks>
internal sealed class RowDistances
{
    private const int SearchLimit = 48;
    private const int Margin = SearchLimit + 16;
    private const int Far = 1 << 30;

    private readonly int[] _squares;
    private readonly ParabolaEnvelope _envelope;

    public RowDistances(int width)
    {
        _squares = new int[width + (2 * Margin)];
        Array.Fill(_squares, Far);
        _envelope = new ParabolaEnvelope(width);
    }

    /// <summary>Fills one row.</summary>
    /// <param name="words">The mask's row.</param>
    /// <param name="columns">[W] distances along columns.</param>
    /// <param name="squared">[W] to fill.</param>
    public void Fill(ReadOnlySpan<ulong> words, ReadOnlySpan<ushort> columns, Span<int> squared)
    {
        squared.Clear();
        var isSquared = false;
        foreach (var (start, end) in new WordRuns(words, columns.Length))
        {
            var deepest = Max(columns[start..end]);
            if (deepest == 1)
            {
                squared[start..end].Fill(1);
            }
            else if (deepest <= SearchLimit && Vector512.IsHardwareAccelerated)
            {
                isSquared = isSquared || Square(columns);
                Search(start, end, squared);
            }
            else
            {
                _envelope.Fill(columns, start, end, squared);
            }
        }
    }

    private static ushort Max(ReadOnlySpan<ushort> values)
    {
        ushort max = 0;
        var i = 0;
        if (values.Length >= 16)
        {
            var many = Vector256<ushort>.Zero;
            for (; i + 16 <= values.Length; i += 16)
            {
                many = Vector256.Max(many, Vector256.Create(values[i..]));
            }

            for (var lane = 0; lane < 16; lane++)
            {
                max = Math.Max(max, many[lane]);
            }
        }

        for (; i < values.Length; i++)
        {
            max = Math.Max(max, values[i]);
        }

        return max;
    }

    private bool Square(ReadOnlySpan<ushort> columns)
    {
        var x = 0;
        for (; x + 16 <= columns.Length; x += 16)
        {
            var value = Vector512.Create(Vector256.WidenLower(Vector256.Create(columns[x..])), Vector256.WidenUpper(Vector256.Create(columns[x..]))).AsInt32();
            var square = Vector512.ConditionalSelect(Vector512.Equals(value, Vector512.Create((int)ColumnDistances.None)), Vector512.Create(Far), value * value);
            square.CopyTo(_squares, Margin + x);
        }

        for (; x < columns.Length; x++)
        {
            _squares[Margin + x] = columns[x] == ColumnDistances.None ? Far : columns[x] * columns[x];
        }

        return true;
    }

    private void Search(int start, int end, Span<int> squared)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_squares);
        for (var x = start; x < end; x += 16)
        {
            var at = (nuint)(Margin + x);
            var best = Vector512.LoadUnsafe(ref first, at);
            for (var step = 1; step <= SearchLimit; step++)
            {
                var away = Vector512.Create(step * step);
                if (!Vector512.LessThanAny(away, best))
                {
                    break;
                }

                var near = Vector512.Min(Vector512.LoadUnsafe(ref first, at - (nuint)step), Vector512.LoadUnsafe(ref first, at + (nuint)step));
                best = Vector512.Min(best, near + away);
            }

            Store(best, squared[x..end]);
        }
    }

    private static void Store(Vector512<int> best, Span<int> target)
    {
        if (target.Length >= 16)
        {
            best.CopyTo(target);
            return;
        }

        for (var lane = 0; lane < target.Length; lane++)
        {
            target[lane] = best[lane];
        }
    }
}
