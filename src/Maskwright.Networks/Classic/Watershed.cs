namespace Maskwright.Networks.Classic;

/// <summary>Watershed by flooding from all regional minima (Meyer 1991); every pixel gets a label, there are no lines.</summary>
internal static class Watershed
{
    /// <summary>The highest level of a surface.</summary>
    public const int MaxLevel = 255;

    /// <summary>Floods a surface.</summary>
    /// <param name="surface">[h,w] levels.</param>
    /// <param name="width">Pixels across, w.</param>
    /// <param name="height">Pixels down, h.</param>
    /// <returns>[h,w] labels 0 to count-1, and their count.</returns>
    public static (int[] Labels, int Count) Flood(byte[] surface, int width, int height)
    {
        var labels = new int[surface.Length];
        Array.Fill(labels, -1);
        var count = MarkMinima(surface, width, height, labels);
        Grow(surface, width, height, labels);
        return (labels, count);
    }

    private static int MarkMinima(byte[] surface, int width, int height, int[] labels)
    {
        var seen = new bool[surface.Length];
        var plateau = new List<int>();
        var count = 0;
        for (var start = 0; start < surface.Length; start++)
        {
            if (!seen[start] && CollectPlateau(surface, width, height, start, seen, plateau))
            {
                plateau.ForEach(pixel => labels[pixel] = count);
                count++;
            }
        }

        return count;
    }

    /// <summary>Collects the pixels of one level around the start; true when none of them has a lower neighbour.</summary>
    private static bool CollectPlateau(byte[] surface, int width, int height, int start, bool[] seen, List<int> plateau)
    {
        plateau.Clear();
        plateau.Add(start);
        seen[start] = true;
        var isMinimum = true;
        Span<int> neighbours = stackalloc int[4];
        for (var i = 0; i < plateau.Count; i++)
        {
            var found = PixelNeighbours.Of(plateau[i], width, height, neighbours);
            foreach (var next in neighbours[..found])
            {
                isMinimum &= surface[next] >= surface[start];
                if (surface[next] == surface[start] && !seen[next])
                {
                    seen[next] = true;
                    plateau.Add(next);
                }
            }
        }

        return isMinimum;
    }

    private static void Grow(byte[] surface, int width, int height, int[] labels)
    {
        var queue = new LevelQueue(MaxLevel + 1);
        Span<int> neighbours = stackalloc int[4];
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= 0)
            {
                PushNeighbours(i, surface[i], surface, width, height, labels, queue, neighbours);
            }
        }

        while (queue.TryPop(out var pixel, out var level))
        {
            if (labels[pixel] < -1)
            {
                labels[pixel] = -labels[pixel] - 2;
                PushNeighbours(pixel, level, surface, width, height, labels, queue, neighbours);
            }
        }
    }

    /// <summary>A waiting pixel holds its future label as -label - 2, so that it waits only once.</summary>
    private static void PushNeighbours(
        int pixel, int level, byte[] surface, int width, int height, int[] labels, LevelQueue queue, Span<int> neighbours)
    {
        var found = PixelNeighbours.Of(pixel, width, height, neighbours);
        foreach (var next in neighbours[..found])
        {
            if (labels[next] == -1)
            {
                labels[next] = -labels[pixel] - 2;
                queue.Push(next, Math.Max(level, surface[next]));
            }
        }
    }
}
