using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>Thins lines to one pixel without breaking them.</summary>
/// <remarks>Guo, Hall 1989, as in Lam, Lee, Suen 1992 and MATLAB's <c>bwmorph(..., 'thin', inf)</c>; beyond the border is outside.</remarks>
internal static class BoundaryThinning
{
    private static readonly bool[] s_first = Table(isSecond: false);
    private static readonly bool[] s_second = Table(isSecond: true);

    public static BinaryMask Thin(BinaryMask mask)
    {
        var (width, height) = (mask.Width + 2, mask.Height + 2);
        var pixels = new byte[width * height];
        var live = new List<int>();
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                if (mask[x, y])
                {
                    pixels[((y + 1) * width) + x + 1] = 1;
                    live.Add(((y + 1) * width) + x + 1);
                }
            }
        }

        while (Pass(pixels, live, width, s_first) | Pass(pixels, live, width, s_second))
        {
        }

        var thin = new BinaryMask(mask.Size);
        live.ForEach(at => thin[(at % width) - 1, (at / width) - 1] = true);
        return thin;
    }

    private static bool Pass(byte[] pixels, List<int> live, int width, bool[] isRemovable)
    {
        List<int> removed = [.. live.Where(at => isRemovable[Neighbours(pixels, at, width)])];
        removed.ForEach(at => pixels[at] = 0);
        live.RemoveAll(at => pixels[at] == 0);
        return removed.Count > 0;
    }

    // Bits 0 to 7: east, north-east, north, ... counter-clockwise.
    private static int Neighbours(byte[] p, int at, int width) =>
        p[at + 1] | (p[at - width + 1] << 1) | (p[at - width] << 2) | (p[at - width - 1] << 3)
        | (p[at - 1] << 4) | (p[at + width - 1] << 5) | (p[at + width] << 6) | (p[at + width + 1] << 7);

    private static bool[] Table(bool isSecond)
    {
        var table = new bool[256];
        for (var code = 0; code < 256; code++)
        {
            bool X(int i) => (code >> ((i - 1) & 7) & 1) != 0; // X(1) is east; X(9) is X(1).
            var crossings = Enumerable.Range(1, 4).Count(i => !X((2 * i) - 1) && (X(2 * i) || X((2 * i) + 1)));
            var n1 = Enumerable.Range(1, 4).Count(k => X((2 * k) - 1) || X(2 * k));
            var n2 = Enumerable.Range(1, 4).Count(k => X(2 * k) || X((2 * k) + 1));
            var keepsEnd = isSecond ? (X(6) || X(7) || !X(4)) && X(5) : (X(2) || X(3) || !X(8)) && X(1);
            table[code] = crossings == 1 && (Math.Min(n1, n2) is 2 or 3) && !keepsEnd;
        }

        return table;
    }
}
