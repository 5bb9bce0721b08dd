namespace Maskwright.Masks;

/// <summary>Set operations on run lengths of equal total, without decoding them.</summary>
internal static class RunMerging
{
    /// <summary>In a or in b; bit a + 2b of the number tells whether the result is inside.</summary>
    public const int Union = 0b1110;

    /// <summary>In a and in b.</summary>
    public const int Intersection = 0b1000;

    /// <summary>In a but not in b.</summary>
    public const int Difference = 0b0010;

    /// <summary>Merges two masks.</summary>
    /// <param name="first">Run lengths, outside first.</param>
    /// <param name="second">Run lengths of the same total.</param>
    /// <param name="rule">One of the rules of this class.</param>
    /// <returns>Run lengths of which only the first may be 0.</returns>
    public static uint[] Merge(ReadOnlySpan<uint> first, ReadOnlySpan<uint> second, int rule)
    {
        var counts = new uint[first.Length + second.Length];
        var a = new RunCursor(first);
        var b = new RunCursor(second);
        var (used, inside) = (0, 0);
        for (ulong start = 0; ;)
        {
            var end = Math.Min(a.End, b.End);
            a.PassTo(end);
            b.PassTo(end);
            if (a.AtEnd)
            {
                counts[used++] = (uint)(end - start);
                return counts[..used];
            }

            if ((rule >> (a.Inside | b.Inside << 1) & 1) != inside)
            {
                counts[used++] = (uint)(end - start);
                (start, inside) = (end, inside ^ 1);
            }
        }
    }

    /// <summary>The number of pixels that two masks share.</summary>
    /// <param name="first">Run lengths, outside first.</param>
    /// <param name="second">Run lengths of the same total.</param>
    public static long SharedArea(ReadOnlySpan<uint> first, ReadOnlySpan<uint> second)
    {
        var a = new RunCursor(first);
        var b = new RunCursor(second);
        ulong shared = 0;
        for (ulong position = 0; !a.AtEnd && !b.AtEnd;)
        {
            var end = Math.Min(a.End, b.End);
            shared += (a.Inside & b.Inside) != 0 ? end - position : 0;
            a.PassTo(end);
            b.PassTo(end);
            position = end;
        }

        return (long)shared;
    }

    private ref struct RunCursor(ReadOnlySpan<uint> counts)
    {
        private readonly ReadOnlySpan<uint> _counts = counts;
        private int _run;

        /// <summary>One past the last pixel of the run.</summary>
        public ulong End { get; private set; } = counts[0];

        public readonly int Inside => _run & 1;

        public readonly bool AtEnd => _run >= _counts.Length;

        /// <summary>Goes on to the run that holds the pixel, past runs of no length.</summary>
        public void PassTo(ulong pixel)
        {
            while (End == pixel && _run < _counts.Length)
            {
                _run++;
                End += _run < _counts.Length ? _counts[_run] : 0;
            }
        }
    }
}
