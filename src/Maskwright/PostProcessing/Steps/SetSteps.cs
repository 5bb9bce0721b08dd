using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Steps over all masks of an image, within each category.</summary>
internal static class SetSteps
{
    private static readonly StepParameter _iou = new("iou", "the overlap above which the worse one goes, 0 to 1") { Default = "0.7", Max = 1 };

    public static IReadOnlyList<StepDescription> All { get; } =
    [
        new("union", "Joins all masks of a category into one.", _ => Join(RunLengthMask.Union)),
        new("intersection", "Keeps of all masks of a category one: the pixels that all of them share.", _ => Join(masks => masks.Aggregate((a, b) => a.Intersect(b)))),
        new("difference", "Lets no pixel belong to two masks of a category: smaller masks are taken out of larger ones.", _ => (masks, _, _) => Difference(masks)),
        new("nms", "Of masks that overlap much, keeps the one with the best score, by the IoU of the masks.", arguments => Keep((masks, scores, categories) =>
            MaskNonMaximumSuppression.Keep([.. masks.Select(mask => mask.Mask)], scores, arguments.Number("iou"), categories)), _iou),
        new("box-nms", "The same by the IoU of their boxes.", arguments => Keep((masks, scores, categories) =>
            BoxNonMaximumSuppression.Keep([.. masks.Select(Box)], scores, (float)arguments.Number("iou"), categories)), _iou),
    ];

    private static StepAction Join(Func<IEnumerable<RunLengthMask>, RunLengthMask> rule) => (masks, _, _) =>
    [
        .. masks.GroupBy(mask => mask.Label).Select(group => group.Count() == 1 ? group.First() : group.First() with { Mask = rule(group.Select(mask => mask.Mask)) })
            .Where(joined => joined.Mask.Area > 0 || masks.Contains(joined)),
    ];

    private static IReadOnlyList<StepMask> Difference(IReadOnlyList<StepMask> masks)
    {
        var result = masks.ToArray();
        foreach (var group in Enumerable.Range(0, masks.Count).GroupBy(i => masks[i].Label))
        {
            RunLengthMask? taken = null;
            foreach (var i in group.OrderBy(i => masks[i].Mask.Area))
            {
                var rest = taken is null || masks[i].Mask.IntersectionArea(taken) == 0 ? masks[i].Mask : masks[i].Mask.Except(taken);
                taken = taken?.Union(masks[i].Mask) ?? masks[i].Mask;
                result[i] = masks[i] with { Mask = rest };
            }
        }

        return [.. result.Where((mask, i) => mask.Mask.Area > 0 || masks[i].Mask.Area == 0)];
    }

    private static StepAction Keep(Func<IReadOnlyList<StepMask>, float[], int[], IReadOnlyList<int>> rule) => (masks, _, _) =>
    {
        var labels = masks.Select(mask => mask.Label).Distinct().ToList();
        return [.. rule(masks, [.. masks.Select(mask => (float)mask.Score)], [.. masks.Select(mask => labels.IndexOf(mask.Label))]).Order().Select(i => masks[i])];
    };

    private static Geometry.PixelBox Box(StepMask mask) => new(mask.Mask.Bounds.X, mask.Mask.Bounds.Y, mask.Mask.Bounds.Right, mask.Mask.Bounds.Bottom);
}
