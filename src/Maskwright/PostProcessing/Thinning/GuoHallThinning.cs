using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The two alternating passes of Guo and Hall's thinning, 64 pixels at a time; rows around which nothing has changed are passed over.</summary>
internal sealed class GuoHallThinning
{
    private readonly int[] _changedAt;
    private ulong[] _above;
    private ulong[] _here;
    private int _pass = 2;

    public GuoHallThinning(BinaryMask mask)
    {
        Mask = mask;
        _changedAt = new int[mask.Height + 2];
        Array.Fill(_changedAt, 1);
        (_above, _here) = (new ulong[mask.WordsPerRow], new ulong[mask.WordsPerRow]);
    }

    /// <summary>The mask as thin as it is by now.</summary>
    public BinaryMask Mask { get; }

    /// <summary>Does one pass, first the odd kind, then the even kind; says whether a pixel went.</summary>
    public bool Pass()
    {
        var (isChanged, isSecond) = (false, _pass % 2 != 0);
        Array.Clear(_here);
        for (var y = 0; y < Mask.Height; y++)
        {
            (_above, _here) = (_here, _above);
            var row = Mask.Row(y);
            row.CopyTo(_here);
            var latest = Math.Max(Math.Max(_changedAt[y], _changedAt[y + 1]), _changedAt[y + 2]);
            if (latest >= _pass - 2 && Thin(row, y + 1 < Mask.Height ? Mask.Row(y + 1) : default, isSecond))
            {
                isChanged = true;
                _changedAt[y + 1] = _pass;
            }
        }

        _pass++;
        return isChanged;
    }

    /// <summary>The specification of a pass, pixel by pixel: the neighbours clockwise from the one above decide.</summary>
    public static BinaryMask PassScalar(BinaryMask mask, bool isSecond)
    {
        var result = mask.Clone();
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                ulong At(int dx, int dy) => x + dx >= 0 && y + dy >= 0 && x + dx < mask.Width && y + dy < mask.Height && mask[x + dx, y + dy] ? 1UL : 0;
                var goes = Removable(At(0, -1), At(1, -1), At(1, 0), At(1, 1), At(0, 1), At(-1, 1), At(-1, 0), At(-1, -1), isSecond) & 1;
                result[x, y] = mask[x, y] && goes == 0;
            }
        }

        return result;
    }

    private bool Thin(Span<ulong> row, ReadOnlySpan<ulong> below, bool isSecond)
    {
        ulong gone = 0;
        for (var i = 0; i < row.Length; i++)
        {
            if (_here[i] == 0)
            {
                continue;
            }

            var (n, nw, ne) = Around(_above, i);
            var (_, w, e) = Around(_here, i);
            var (s, sw, se) = Around(below, i);
            var removed = _here[i] & Removable(n, ne, e, se, s, sw, w, nw, isSecond);
            row[i] = _here[i] & ~removed;
            gone |= removed;
        }

        return gone != 0;
    }

    // The word itself, and the words of its pixels' left and right neighbours.
    private static (ulong Same, ulong Left, ulong Right) Around(ReadOnlySpan<ulong> row, int i)
    {
        if (row.IsEmpty)
        {
            return default;
        }

        var left = row[i] << 1 | (i > 0 ? row[i - 1] >> 63 : 0);
        var right = row[i] >> 1 | (i + 1 < row.Length ? row[i + 1] << 63 : 0);
        return (row[i], left, right);
    }

    // p2..p9 of the paper: clockwise from the neighbour above.
    private static ulong Removable(ulong p2, ulong p3, ulong p4, ulong p5, ulong p6, ulong p7, ulong p8, ulong p9, bool isSecond)
    {
        var (c1, c2, c3, c4) = (~p2 & (p3 | p4), ~p4 & (p5 | p6), ~p6 & (p7 | p8), ~p8 & (p9 | p2));
        var isOneCrossing = (c1 ^ c2 ^ c3 ^ c4) & ~AtLeastTwo(c1, c2, c3, c4);
        var (a1, a2, a3, a4) = (p9 | p2, p3 | p4, p5 | p6, p7 | p8);
        var (b1, b2, b3, b4) = (p2 | p3, p4 | p5, p6 | p7, p8 | p9);
        var isTwoOrThree = AtLeastTwo(a1, a2, a3, a4) & AtLeastTwo(b1, b2, b3, b4) & ~(a1 & a2 & a3 & a4 & b1 & b2 & b3 & b4);
        var isHeld = isSecond ? (p6 | p7 | ~p9) & p8 : (p2 | p3 | ~p5) & p4;
        return isOneCrossing & isTwoOrThree & ~isHeld;
    }

    private static ulong AtLeastTwo(ulong a, ulong b, ulong c, ulong d) => (a & b) | (c & d) | ((a | b) & (c | d));
}
