using Maskwright.Geometry;

namespace Maskwright.Networks.Classic;

/// <summary>Straightens the borders of the finest regions where no colour holds them: a few sweeps of iterated conditional modes (Besag 1986).</summary>
internal static class LabelSmoothing
{
    private const int Sweeps = 4;
    private const float ColorScale = 8, MostColorCost = 3, Straight = 0.5f, Diagonal = 0.35f;

    /// <summary>Lets border pixels go over to a neighbouring region; no region loses its last pixel.</summary>
    /// <param name="labels">[h,w] 0 to count-1; changed in place.</param>
    /// <param name="count">The number of regions.</param>
    /// <param name="image">Whose colours hold the borders.</param>
    public static void Smooth(int[] labels, int count, WorkingImage image)
    {
        var (means, areas) = Measure(labels, count, image);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var i = 0; i < labels.Length; i++)
            {
                var best = Best(labels, i, image, means);
                if (best != labels[i] && areas[labels[i]] > 1)
                {
                    areas[labels[i]]--;
                    areas[best]++;
                    labels[i] = best;
                }
            }
        }
    }

    private static ((float L, float A, float B)[] Means, int[] Areas) Measure(int[] labels, int count, WorkingImage image)
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

    private static int Best(int[] labels, int pixel, WorkingImage image, (float L, float A, float B)[] means)
    {
        Span<int> around = stackalloc int[8];
        var count = Around(labels, pixel, image.Size, around);
        var own = labels[pixel];
        if (!around[..count].ContainsAnyExcept(own))
        {
            return own;
        }

        var best = own;
        var least = Cost(own, around[..count], image, pixel, means);
        for (var i = 0; i < count; i++)
        {
            if (around[i] != own && around[i] != best)
            {
                var cost = Cost(around[i], around[..count], image, pixel, means);
                (best, least) = cost < least ? (around[i], cost) : (best, least);
            }
        }

        return best;
    }

    /// <summary>The labels of the neighbours: four straight ones, then four diagonal ones; the own label beyond the image's edge.</summary>
    private static int Around(int[] labels, int pixel, ImageSize size, Span<int> around)
    {
        int x = pixel % size.Width, y = pixel / size.Width, count = 0;
        ReadOnlySpan<(int Dx, int Dy)> steps = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)];
        foreach (var (dx, dy) in steps)
        {
            var isInside = (uint)(x + dx) < (uint)size.Width && (uint)(y + dy) < (uint)size.Height;
            around[count++] = labels[isInside ? pixel + (dy * size.Width) + dx : pixel];
        }

        return count;
    }

    private static float Cost(int label, ReadOnlySpan<int> around, WorkingImage image, int pixel, (float L, float A, float B)[] means)
    {
        var mean = means[label];
        float l = image.Lab[0][pixel] - mean.L, a = image.Lab[1][pixel] - mean.A, b = image.Lab[2][pixel] - mean.B;
        var cost = Math.Min(MostColorCost, MathF.Sqrt((l * l) + (a * a) + (b * b)) / ColorScale);
        for (var i = 0; i < 8; i++)
        {
            cost += around[i] == label ? 0 : i < 4 ? Straight : Diagonal;
        }

        return cost;
    }
}
