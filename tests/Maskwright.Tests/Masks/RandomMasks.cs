using Maskwright.Masks;

namespace Maskwright.Tests.Masks;

/// <summary>Masks for comparing two forms of one computation: noise, blobs, empty and full ones, widths around the word length.</summary>
internal static class RandomMasks
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 9), (9, 1), (63, 5), (64, 7), (65, 3), (127, 31), (128, 2), (200, 17), (31, 70)];

    public static IEnumerable<BinaryMask> Some(int seed)
    {
        var random = new Random(seed);
        foreach (var (width, height) in Sizes)
        {
            yield return new BinaryMask(width, height);
            yield return Fill(width, height, (_, _) => true);
            yield return Fill(width, height, (_, _) => random.Next(2) == 0);
            yield return Fill(width, height, (_, _) => random.Next(20) == 0);
            yield return Blob(width, height, random);
        }
    }

    public static BinaryMask Fill(int width, int height, Func<int, int, bool> inside)
    {
        var mask = new BinaryMask(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                mask[x, y] = inside(x, y);
            }
        }

        return mask;
    }

    public static BinaryMask Blob(int width, int height, Random random)
    {
        var (cx, cy, radius) = (random.Next(width), random.Next(height), 1 + random.Next(Math.Max(width, height)));
        return Fill(width, height, (x, y) => ((x - cx) * (x - cx)) + ((y - cy) * (y - cy)) < radius * radius);
    }
}
