using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>Draws masks as labels that keep the numbers they had: the first mask of every source has its number, further ones get new ones.</summary>
internal static class LabelNumbers
{
    /// <summary>Draws masks over one another, small ones on top.</summary>
    /// <param name="size">The image's size.</param>
    /// <param name="masks">The masks.</param>
    /// <param name="values">The number of each source.</param>
    /// <param name="isMask">Whether the source was a single mask rather than labels: its parts, where there are several, are numbered from 1.</param>
    public static LabelMap Paint(ImageSize size, IReadOnlyList<StepMask> masks, IReadOnlyList<int> values, bool isMask)
    {
        var isParted = isMask && masks.Count > 1;
        var next = isParted ? 1 : (long)values.DefaultIfEmpty().Max() + 1;
        var taken = new HashSet<int>();
        long[] numbers = [.. masks.Select(mask => !isParted && taken.Add(mask.Source) ? values[mask.Source] : next++)];
        int[] order = [.. Enumerable.Range(0, masks.Count).OrderByDescending(i => masks[i].Mask.Area)];
        var labels = LabelMap.FromMasks(size, [.. order.Select(i => masks[i].Mask)]);
        foreach (ref var label in labels.Labels)
        {
            label = label == 0 ? 0 : checked((int)numbers[order[label - 1]]);
        }

        return labels;
    }
}
