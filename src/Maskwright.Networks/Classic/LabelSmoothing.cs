using Maskwright.Geometry;

namespace Maskwright.Networks.Classic;

/// <summary>Straightens the borders of the finest regions where no colour holds them: a few sweeps of iterated conditional modes (Besag 1986).</summary>
internal static class LabelSmoothing
{
    /// <summary>How often every pixel is asked where it belongs.</summary>
    internal const int Sweeps = 4;

    private const float ColorScale = 8, MostColorCost = 3, Straight = 0.5f, Diagonal = 0.35f;

    /// <summary>Lets border pixels go over to a neighbouring region; no region loses its last pixel.</summary>
    /// <remarks>A pixel is looked at again only after it or one of its eight neighbours has changed: nothing else could change its answer.</remarks>
    /// <param name="labels">[h,w] 0 to count-1; changed in place.</param>
    /// <param name="count">The number of regions.</param>
    /// <param name="image">Whose colours hold the borders.</param>
    public static void Smooth(int[] labels, int count, WorkingImage image)
    {
        var (means, areas) = Measure(labels, count, image);
        var isOpen = new bool[labels.Length];
        Array.Fill(isOpen, true);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var i = Array.IndexOf(isOpen, true); i >= 0; i = Next(isOpen, i))
            {
                isOpen[i] = false;
                var best = Best(labels, i, image, means);
                if (best == labels[i])
                {
                    continue;
                }

                isOpen[i] = true;
                if (areas[labels[i]] > 1)
                {
                    areas[labels[i]]--;
                    areas[best]++;
                    labels[i] = best;
                    OpenAround(isOpen, i, image.Size);
                }
            }
        }
    }

    private static int Next(bool[] isOpen, int pixel)
    {
        var steps = isOpen.AsSpan(pixel + 1).IndexOf(true);
        return steps < 0 ? -1 : pixel + 1 + steps;
    }

    private static void OpenAround(bool[] isOpen, int pixel, ImageSize size)
    {
        int x = pixel % size.Width, y = pixel / size.Width;
        for (var v = Math.Max(0, y - 1); v <= Math.Min(size.Height - 1, y + 1); v++)
        {
            for (var u = Math.Max(0, x - 1); u <= Math.Min(size.Width - 1, x + 1); u++)
            {
                isOpen[(v * size.Width) + u] = true;
            }
        }
    }

    /// <summary>The mean colour and the area of every region, as they are before the first sweep.</summary>
    internal static ((float L, float A, float B)[] Means, int[] Areas) Measure(int[] labels, int count, WorkingImage image)
    {
        var sums = new (float L, float A, float B)[count];
        var areas = new int[count];
        for (var i = 0; i < labels.Length; i++)
        {
            ref var sum = ref sums[labels[i]];
            sum = (sum.L + image.Lab[0][i], sum.A + image.Lab[1][i], sum.B + image.Lab[2][i]);
            areas[labels[i]]++;
        }

        return ([.. sums.Select((s, i) => (s.L / areas[i], s.A / areas[i], s.B / areas[i]))], areas);
    }

    /// <summary>The region to which a pixel belongs by its colour and its neighbours.</summary>
    internal static int Best(int[] labels, int pixel, WorkingImage image, (float L, float A, float B)[] means)
    {
        Span<int> around = stackalloc int[8];
        Around(labels, pixel, image.Size, around);
        var own = labels[pixel];
        if (!around.ContainsAnyExcept(own))
        {
            return own;
        }

        var color = (L: image.Lab[0][pixel], A: image.Lab[1][pixel], B: image.Lab[2][pixel]);
        var best = own;
        var least = ColorCost(color, means[own]) + OutlineCost(own, around);
        for (var i = 0; i < around.Length; i++)
        {
            if (around[i] != own && !around[..i].Contains(around[i]))
            {
                var cost = ColorCost(color, means[around[i]]) + OutlineCost(around[i], around);
                (best, least) = cost < least ? (around[i], cost) : (best, least);
            }
        }

        return best;
    }

    /// <summary>The labels of the neighbours: four straight ones, then four diagonal ones; the own label beyond the image's edge.</summary>
    private static void Around(int[] labels, int pixel, ImageSize size, Span<int> around)
    {
        int x = pixel % size.Width, y = pixel / size.Width, own = labels[pixel], row = size.Width;
        bool left = x > 0, right = x < size.Width - 1, up = y > 0, down = y < size.Height - 1;
        around[0] = left ? labels[pixel - 1] : own;
        around[1] = right ? labels[pixel + 1] : own;
        around[2] = up ? labels[pixel - row] : own;
        around[3] = down ? labels[pixel + row] : own;
        around[4] = left && up ? labels[pixel - row - 1] : own;
        around[5] = right && up ? labels[pixel - row + 1] : own;
        around[6] = left && down ? labels[pixel + row - 1] : own;
        around[7] = right && down ? labels[pixel + row + 1] : own;
    }

    private static float ColorCost((float L, float A, float B) color, (float L, float A, float B) mean)
    {
        float l = color.L - mean.L, a = color.A - mean.A, b = color.B - mean.B;
        return Math.Min(MostColorCost, MathF.Sqrt((l * l) + (a * a) + (b * b)) / ColorScale);
    }

    private static float OutlineCost(int label, ReadOnlySpan<int> around)
    {
        int straight = 0, diagonal = 0;
        for (var i = 0; i < 4; i++)
        {
            straight += around[i] == label ? 0 : 1;
            diagonal += around[i + 4] == label ? 0 : 1;
        }

        return (straight * Straight) + (diagonal * Diagonal);
    }
}
