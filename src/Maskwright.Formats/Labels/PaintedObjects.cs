using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Shapes;
using Maskwright.Masks;

namespace Maskwright.Formats.Labels;

/// <summary>The objects of one image painted over one another, large ones first, so that every pixel belongs to one of them at most.</summary>
internal sealed class PaintedObjects
{
    private PaintedObjects(LabelMap numbers, IReadOnlyList<int> kept, IReadOnlyList<RunLengthMask> visible) => (Numbers, Kept, Visible) = (numbers, kept, visible);

    /// <summary>1-based position in <see cref="Kept"/>; 0 where no object is.</summary>
    public LabelMap Numbers { get; }

    /// <summary>Positions in the image of the objects that have pixels left, rising.</summary>
    public IReadOnlyList<int> Kept { get; }

    /// <summary>What is left of the objects of <see cref="Kept"/>.</summary>
    public IReadOnlyList<RunLengthMask> Visible { get; }

    /// <summary>Paints objects, and counts those that lose pixels to others or vanish.</summary>
    /// <param name="shapes">The image's shapes.</param>
    /// <param name="indices">The objects to paint, by rising position.</param>
    /// <param name="most">The most objects that the file can tell apart; further ones are left out.</param>
    /// <param name="tally">Where losses are counted.</param>
    public static PaintedObjects Paint(ShapeWriting shapes, IReadOnlyList<int> indices, int most, LossTally tally)
    {
        var image = shapes.Image;
        var present = new List<(int Index, RunLengthMask Mask)>();
        foreach (var index in indices)
        {
            var mask = shapes.Mask(index);
            if (mask.Area == 0 || present.Count == most)
            {
                tally.Drop(image, index);
            }
            else
            {
                present.Add((index, mask));
            }
        }

        MaskProposal[] proposals = [.. present.Select(item => new MaskProposal(item.Mask, 1))];
        var painted = LabelMap.FromProposals(image.Size, proposals);
        var order = LabelMap.OrderByArea(proposals);
        var visible = LabelRuns.Of(painted);
        var kept = new List<int>();
        var masks = new List<RunLengthMask>();
        var numbers = new int[present.Count + 1];
        for (var i = 0; i < present.Count; i++)
        {
            var label = IndexOf(order, i) + 1;
            if (visible.TryGetValue(label, out var rest))
            {
                kept.Add(present[i].Index);
                masks.Add(rest);
                numbers[label] = kept.Count;
                Count(image, present[i].Index, present[i].Mask, rest, tally);
            }
            else
            {
                tally.Drop(image, present[i].Index);
            }
        }

        return new PaintedObjects(Renumbered(painted, numbers), kept, masks);
    }

    /// <summary>One label for each pixel by the object that it shows; 0 where none is.</summary>
    /// <param name="label">The label of an object, by its position in the image.</param>
    public LabelMap Labels(Func<int, int> label) => Renumbered(Numbers, [0, .. Kept.Select(label)]);

    private static int IndexOf(IReadOnlyList<int> order, int value)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i] == value)
            {
                return i;
            }
        }

        return -1;
    }

    private static void Count(AnnotatedImage image, int index, RunLengthMask mask, RunLengthMask rest, LossTally tally)
    {
        if (rest.Area < mask.Area)
        {
            tally.Add(LossKind.OverlapsResolved, image, index);
            tally.Compare(image, index, rest);
        }
    }

    private static LabelMap Renumbered(LabelMap labels, int[] numbers) => new(labels.Size, Array.ConvertAll(labels.Labels.ToArray(), label => numbers[label]));
}
