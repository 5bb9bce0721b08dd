using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Metrics;

/// <summary>Lets cells grow into the membrane between them until only lines of one pixel are left, so that scores do not depend on how thick a membrane was drawn.</summary>
/// <remarks>
/// The ISBI 2012 challenge thins proposals by a watershed before it scores them. Here all cells grow by one pixel at a time, over shared sides (Meyer 1994); a
/// pixel that two cells reach is line. The challenge's program uses the watershed of Vincent and Soille 1991, whose lines may lie a pixel aside.
/// </remarks>
public static class BorderThinning
{
    /// <summary>Thins the membranes of a division.</summary>
    /// <param name="cells">A cell's number a pixel; 0 is membrane.</param>
    /// <returns>The same cells, grown; 0 on the lines between them, and everywhere where there is no cell.</returns>
    public static LabelMap Thin(LabelMap cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var labels = cells.Labels.ToArray();
        var neighbours = new PixelNeighbours(cells.Size, Connectivity.Four);
        var (waiting, isQueued) = (new Queue<int>(), new bool[labels.Length]);
        Span<int> buffer = stackalloc int[8];
        for (var at = 0; at < labels.Length; at++)
        {
            if (labels[at] != 0)
            {
                Push(neighbours.Of(at, buffer), labels, isQueued, waiting);
            }
        }

        while (waiting.TryDequeue(out var pixel))
        {
            var around = neighbours.Of(pixel, buffer);
            labels[pixel] = OnlyLabel(around, labels);
            if (labels[pixel] != 0)
            {
                Push(around, labels, isQueued, waiting);
            }
        }

        return new LabelMap(cells.Size, labels);
    }

    private static void Push(ReadOnlySpan<int> pixels, int[] labels, bool[] isQueued, Queue<int> waiting)
    {
        foreach (var pixel in pixels)
        {
            if (labels[pixel] == 0 && !isQueued[pixel])
            {
                isQueued[pixel] = true;
                waiting.Enqueue(pixel);
            }
        }
    }

    // 0 where two cells meet.
    private static int OnlyLabel(ReadOnlySpan<int> around, int[] labels)
    {
        var only = 0;
        foreach (var pixel in around)
        {
            if (labels[pixel] != 0 && only != 0 && labels[pixel] != only)
            {
                return 0;
            }

            only = labels[pixel] != 0 ? labels[pixel] : only;
        }

        return only;
    }
}
