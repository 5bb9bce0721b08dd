using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Datasets;

/// <summary>One mask for every label of a label map, found in one pass over it.</summary>
public static class LabelRuns
{
    /// <summary>Finds the masks.</summary>
    /// <param name="labels">The labels; 0 is background and has no mask.</param>
    /// <returns>The masks by label, by rising label.</returns>
    public static SortedDictionary<int, RunLengthMask> Of(LabelMap labels)
    {
        var runs = new Dictionary<int, List<uint>>();
        var ends = new Dictionary<int, long>();
        var (width, height) = (labels.Size.Width, labels.Size.Height);
        var pixels = labels.Labels;
        var (label, start, position) = (0, 0L, 0L);
        for (var x = 0; x < width; x++)
        {
            for (var at = x; at < pixels.Length; at += width, position++)
            {
                if (pixels[at] != label)
                {
                    Add(runs, ends, label, start, position);
                    (label, start) = (pixels[at], position);
                }
            }
        }

        Add(runs, ends, label, start, position);
        return new SortedDictionary<int, RunLengthMask>(runs.ToDictionary(entry => entry.Key, entry => Finish(entry.Value, ends[entry.Key], labels.Size)));
    }

    private static void Add(Dictionary<int, List<uint>> runs, Dictionary<int, long> ends, int label, long start, long end)
    {
        if (label == 0 || start == end)
        {
            return;
        }

        if (!runs.TryGetValue(label, out var counts))
        {
            runs[label] = counts = [];
        }

        counts.Add((uint)(start - ends.GetValueOrDefault(label)));
        counts.Add((uint)(end - start));
        ends[label] = end;
    }

    private static RunLengthMask Finish(List<uint> counts, long end, ImageSize size)
    {
        if (end < size.PixelCount)
        {
            counts.Add((uint)(size.PixelCount - end));
        }

        return RunLengthMask.FromCounts(size, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(counts));
    }
}
