using System.Numerics;

namespace Maskwright.PostProcessing;

/// <summary>Walks over the runs of set pixels in one row.</summary>
/// <param name="words">The row's words.</param>
/// <param name="width">Pixels of the row.</param>
internal ref struct WordRuns(ReadOnlySpan<ulong> words, int width)
{
    private readonly ReadOnlySpan<ulong> _words = words;
    private int _next;

    /// <summary>The run: its first column, and one past its last.</summary>
    public (int Start, int End) Current { get; private set; }

    public readonly WordRuns GetEnumerator() => this;

    public bool MoveNext()
    {
        var start = Find(_next, 0);
        if (start >= width)
        {
            return false;
        }

        _next = Math.Min(width, Find(start, ulong.MaxValue));
        Current = (start, _next);
        return true;
    }

    private readonly int Find(int from, ulong flip)
    {
        for (var i = from >> 6; i < _words.Length; i++)
        {
            var bits = (_words[i] ^ flip) & (i == from >> 6 ? ulong.MaxValue << (from & 63) : ulong.MaxValue);
            if (bits != 0)
            {
                return (i << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return int.MaxValue;
    }
}
