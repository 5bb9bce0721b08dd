using System.Globalization;
using System.Text;
using Maskwright.Images;

namespace Maskwright.Cli.Terminal;

/// <summary>Draws a picture as sixels: bands of six rows, one pass a colour, in a fixed palette of 6 x 7 x 6 colours with ordered dithering.</summary>
/// <remarks>DEC VT330/VT340 Programmer Reference, chapter 14; colours are percentages there.</remarks>
internal static class SixelPicture
{
    private const int Reds = 6, Greens = 7, Blues = 6;
    private static readonly int[] Bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

    /// <summary>Writes the picture at one pixel a sixel dot.</summary>
    public static void Write(RgbImage image, TextWriter target)
    {
        var text = new StringBuilder("\x1bP0;1;0q").Append(CultureInfo.InvariantCulture, $"\"1;1;{image.Width};{image.Height}");
        for (var colour = 0; colour < Reds * Greens * Blues; colour++)
        {
            var (r, g, b) = (colour / (Greens * Blues), colour / Blues % Greens, colour % Blues);
            text.Append(CultureInfo.InvariantCulture, $"#{colour};2;{r * 100 / (Reds - 1)};{g * 100 / (Greens - 1)};{b * 100 / (Blues - 1)}");
        }

        for (var top = 0; top < image.Height; top += 6)
        {
            WriteBand(image, top, text);
        }

        target.WriteLine(text.Append("\x1b\\"));
    }

    private static void WriteBand(RgbImage image, int top, StringBuilder text)
    {
        var dots = new SortedDictionary<int, byte[]>();
        for (var y = top; y < Math.Min(top + 6, image.Height); y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var colour = Nearest(image.Row(y).Slice(x * 3, 3), Bayer[(y % 4 * 4) + (x % 4)]);
                if (!dots.TryGetValue(colour, out var columns))
                {
                    dots.Add(colour, columns = new byte[image.Width]);
                }

                columns[x] |= (byte)(1 << (y - top));
            }
        }

        foreach (var (colour, columns) in dots)
        {
            text.Append('#').Append(CultureInfo.InvariantCulture, $"{colour}");
            WriteRuns(columns, text);
            text.Append('$'); // back to the left edge for the next colour
        }

        text.Append('-');
    }

    private static void WriteRuns(byte[] columns, StringBuilder text)
    {
        for (var x = 0; x < columns.Length;)
        {
            var end = x + 1;
            while (end < columns.Length && columns[end] == columns[x])
            {
                end++;
            }

            var dot = (char)('?' + columns[x]);
            _ = end - x > 3 ? text.Append(CultureInfo.InvariantCulture, $"!{end - x}{dot}") : text.Append(dot, end - x);
            x = end;
        }
    }

    private static int Nearest(ReadOnlySpan<byte> pixel, int threshold)
    {
        var shift = (threshold + 0.5) / 16; // [0,1): where between two levels the dither rounds up
        int Level(byte value, int levels) => Math.Min(levels - 1, (int)((value * (levels - 1) / 255.0) + shift));
        return (((Level(pixel[0], Reds) * Greens) + Level(pixel[1], Greens)) * Blues) + Level(pixel[2], Blues);
    }
}
