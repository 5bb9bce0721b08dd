using Maskwright.Datasets;
using Maskwright.Masks;

namespace Maskwright.Formats.Datasets;

/// <summary>The objects of an image laid over one another, for formats in which a pixel belongs to one object: stuff lies under things, crowds under single
/// objects, large ones under small ones.</summary>
internal sealed class ObjectLayers
{
    private ObjectLayers(LabelMap labels, IReadOnlyList<(int Index, RunLengthMask Visible, bool IsWhole)> objects) => (Labels, Objects) = (labels, objects);

    /// <summary>The topmost object of every pixel: its position in the image plus 1; 0 where there is none.</summary>
    public LabelMap Labels { get; }

    /// <summary>The objects that can be seen, in the image's order: the position, the pixels that stay, and whether these are all.</summary>
    public IReadOnlyList<(int Index, RunLengthMask Visible, bool IsWhole)> Objects { get; }

    /// <summary>Lays the objects of an image over one another, and counts those that lose pixels or vanish, and shapes that become pixels.</summary>
    public static ObjectLayers Of(AnnotatedImage image, LossTally tally)
    {
        RunLengthMask[] masks = [.. image.Objects.Select(item => item.Shape.ToMask(image.Size))];
        var order = Enumerable.Range(0, masks.Length)
            .OrderBy(i => image.Objects[i].Category.IsThing)
            .ThenByDescending(i => image.Objects[i].IsCrowd)
            .ThenByDescending(i => masks[i].Area)
            .ToArray();
        var labels = LabelMap.FromMasks(image.Size, [.. order.Select(i => masks[i])]);
        foreach (ref var label in labels.Labels)
        {
            label = label == 0 ? 0 : order[label - 1] + 1;
        }

        var visible = LabelRuns.Of(labels);
        return new ObjectLayers(labels, [.. Enumerable.Range(0, masks.Length).Where(i => IsSeen(image, i, masks[i], visible, tally)).Select(i => (i, visible[i + 1], visible[i + 1].Area == masks[i].Area))]);
    }

    private static bool IsSeen(AnnotatedImage image, int index, RunLengthMask mask, SortedDictionary<int, RunLengthMask> visible, LossTally tally)
    {
        if (!visible.TryGetValue(index + 1, out var seen))
        {
            tally.Drop(image, index);
            return false;
        }

        tally.Add(LossKind.PolygonsRasterised, image, index, image.Objects[index].Shape is PolygonShape ? 1 : 0);
        tally.Add(LossKind.BoxesFilled, image, index, image.Objects[index].Shape is BoxShape ? 1 : 0);
        if (seen.Area != mask.Area)
        {
            tally.Add(LossKind.OverlapsResolved, image, index);
            tally.Compare(image, index, seen);
        }

        return true;
    }
}
