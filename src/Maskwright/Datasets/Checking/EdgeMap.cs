using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Datasets.Checking;

/// <summary>The edges of an image: for every pixel, how its edge strength ranks among all pixels of the image.</summary>
public sealed class EdgeMap
{
    private readonly byte[] _ranks;

    private EdgeMap(ImageSize size, byte[] ranks) => (Size, _ranks) = (size, ranks);

    /// <summary>The image's size.</summary>
    public ImageSize Size { get; }

    /// <summary>Finds the edges of an image.</summary>
    /// <param name="image">The image.</param>
    public static EdgeMap Of(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var strengths = Strengths(Luma.FromRgb(image), image.Width, image.Height);
        var counts = new long[MaxStrength + 1];
        foreach (var strength in strengths)
        {
            counts[strength]++;
        }

        var ranks = Ranks(counts, strengths.LongLength);
        return new EdgeMap(image.Size, Array.ConvertAll(strengths, strength => ranks[strength]));
    }

    /// <summary>The mean rank, in [0,1], over places that are all moved by the same shift; places that leave the image do not count.</summary>
    internal double MeanRank(List<(int X, int Y)> places, int shiftX, int shiftY)
    {
        var (sum, count) = (0L, 0);
        foreach (var (x, y) in places)
        {
            var (u, v) = (x + shiftX, y + shiftY);
            if ((uint)u < (uint)Size.Width && (uint)v < (uint)Size.Height)
            {
                sum += _ranks[((long)v * Size.Width) + u];
                count++;
            }
        }

        return count < places.Count / 2 ? 0 : sum / (255.0 * count);
    }

    private const int MaxStrength = 361; // the root of 255² + 255², rounded up

    private static ushort[] Strengths(byte[] luma, int width, int height)
    {
        var strengths = new ushort[luma.Length];
        for (var y = 0; y < height; y++)
        {
            var (above, row, below) = (Math.Max(y - 1, 0) * width, y * width, Math.Min(y + 1, height - 1) * width);
            for (var x = 0; x < width; x++)
            {
                var across = luma[row + Math.Min(x + 1, width - 1)] - luma[row + Math.Max(x - 1, 0)];
                var down = luma[below + x] - luma[above + x];
                strengths[row + x] = (ushort)Math.Round(Math.Sqrt((across * across) + (down * down)));
            }
        }

        return strengths;
    }

    // Pixels of equal strength share the middle of their ranks: a flat image has rank one half everywhere.
    private static byte[] Ranks(long[] counts, long total)
    {
        var ranks = new byte[counts.Length];
        var below = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            ranks[i] = (byte)Math.Round(255 * (below + (counts[i] / 2.0)) / total);
            below += counts[i];
        }

        return ranks;
    }
}
