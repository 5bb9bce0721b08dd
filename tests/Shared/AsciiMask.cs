using System.Text;
using Maskwright.Masks;

namespace Maskwright.Testing;

/// <summary>Masks as text: <c>#</c> is inside, <c>.</c> is outside, one line a row.</summary>
public static class AsciiMask
{
    /// <summary>Reads a mask from lines of <c>#</c> and <c>.</c>.</summary>
    public static BinaryMask Parse(string art)
    {
        var lines = art.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var mask = new BinaryMask(lines[0].Length, lines.Length);
        for (var y = 0; y < lines.Length; y++)
        {
            for (var x = 0; x < lines[y].Length; x++)
            {
                mask[x, y] = lines[y][x] == '#';
            }
        }

        return mask;
    }

    /// <summary>Writes a mask as lines of <c>#</c> and <c>.</c>.</summary>
    public static string Print(BinaryMask mask)
    {
        var text = new StringBuilder();
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                text.Append(mask[x, y] ? '#' : '.');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Fails with a drawing of the difference: <c>+</c> only in the actual mask, <c>-</c> only in the expected one.</summary>
    public static void Equal(BinaryMask expected, BinaryMask actual)
    {
        Xunit.Assert.Equal(expected.Size, actual.Size);
        if (!expected.Equals(actual))
        {
            var text = new StringBuilder("The masks differ (+ only actual, - only expected):\n");
            for (var y = 0; y < expected.Height; y++)
            {
                for (var x = 0; x < expected.Width; x++)
                {
                    text.Append((expected[x, y], actual[x, y]) switch { (true, true) => '#', (false, false) => '.', (false, true) => '+', _ => '-' });
                }

                text.Append('\n');
            }

            Xunit.Assert.Fail(text.ToString());
        }
    }
}
