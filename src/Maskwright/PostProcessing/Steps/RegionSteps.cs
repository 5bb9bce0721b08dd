using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Steps that look at connected regions.</summary>
internal static class RegionSteps
{
    private static readonly StepParameter _neighbours = new("neighbours", "8: pixels hold together by sides and corners; 4: by sides only")
    {
        Default = "8",
        Choices = ["4", "8"],
    };

    public static IReadOnlyList<StepDescription> All { get; } =
    [
        new(
            "fill-holes",
            "Fills holes: regions outside the mask that do not reach the image's border.",
            arguments =>
            {
                var options = new HoleFillingOptions { MaxAreaPixels = arguments.Has("max-area") ? arguments.Whole("max-area") : null };
                return EachMask.Change(mask => HoleFilling.Fill(mask, options));
            },
            new StepParameter("max-area", "larger holes stay, in pixels; left out, all are filled") { Default = string.Empty, Min = 1, IsWhole = true }),
        new(
            "remove-islands",
            "Takes away small pieces of a mask; the largest piece always stays.",
            arguments => EachMask.Change(mask => SmallRegionRemoval.RemoveIslands(mask, arguments.Whole("min-area")).Mask),
            Area("min-area", "smaller pieces go, in pixels")),
        new(
            "small-regions",
            "SAM's clean-up: fills holes and takes away pieces that are small; regions at the image's border count as holes too.",
            arguments => EachMask.Change(mask =>
                SmallRegionRemoval.RemoveIslands(SmallRegionRemoval.FillHoles(mask, arguments.Whole("min-area")).Mask, arguments.Whole("min-area")).Mask),
            Area("min-area", "smaller regions are changed, in pixels")),
        new(
            "largest",
            "Keeps the largest pieces of every mask.",
            arguments => EachMask.Change(mask => Largest(mask, arguments.Whole("count"), Neighbours(arguments))),
            new StepParameter("count", "how many pieces stay") { Default = "1", Min = 1, IsWhole = true },
            _neighbours),
        new(
            "drop-small",
            "Drops masks that are small as a whole.",
            arguments => (masks, _, _) => [.. masks.Where(mask => mask.Mask.Area >= arguments.Whole("min-area"))],
            Area("min-area", "masks of fewer pixels are dropped")),
        new(
            "split",
            "Makes a mask of its own of every connected piece.",
            arguments => EachMask.Into((mask, _) => Pieces(mask, Neighbours(arguments))),
            _neighbours),
        new(
            "watershed",
            "Parts masks where they are narrow, such as touching cells or people; each part becomes a mask of its own.",
            arguments => EachMask.Into((mask, _) => Parts(Watershed.Part(mask, arguments.Number("depth")))),
            new StepParameter("depth", "how much deeper, in pixels, both parts must be than the neck between them") { Default = "2", Min = 0.01, Max = 10000 }),
        new(
            "distance",
            "Keeps pixels by their exact distance to the mask's outside.",
            arguments => EachMask.Change(mask => Between(mask, arguments.Number("min"), arguments.Has("max") ? arguments.Number("max") : double.PositiveInfinity)),
            new StepParameter("min", "the least distance, in pixels; 1 is every pixel") { Default = "1", Max = 100000 },
            new StepParameter("max", "the largest distance, in pixels; left out, any") { Default = string.Empty, Max = 100000 }),
    ];

    private static StepParameter Area(string name, string meaning) => new(name, meaning) { Min = 1, IsWhole = true };

    private static Connectivity Neighbours(StepArguments arguments) => arguments.Choice("neighbours") == "4" ? Connectivity.Four : Connectivity.Eight;

    private static BinaryMask Largest(BinaryMask mask, int count, Connectivity neighbours)
    {
        var pieces = ConnectedComponents.Of(mask, neighbours);
        var kept = pieces.Components.OrderByDescending(piece => piece.Area).Take(count).ToHashSet();
        return pieces.Components.Count <= count ? mask : pieces.Draw(kept.Contains);
    }

    private static IEnumerable<BinaryMask> Pieces(BinaryMask mask, Connectivity neighbours)
    {
        var pieces = ConnectedComponents.Of(mask, neighbours);
        return pieces.Components.Count <= 1 ? [mask] : pieces.Components.Select(piece => pieces.Draw(other => other == piece));
    }

    private static BinaryMask[] Parts(LabelMap parts)
    {
        var count = 0;
        foreach (var label in parts.Labels)
        {
            count = Math.Max(count, label);
        }

        BinaryMask[] masks = [.. Enumerable.Range(0, count).Select(_ => new BinaryMask(parts.Size))];
        for (var i = 0; i < parts.Labels.Length; i++)
        {
            if (parts.Labels[i] > 0)
            {
                masks[parts.Labels[i] - 1][i % parts.Size.Width, i / parts.Size.Width] = true;
            }
        }

        return masks;
    }

    private static BinaryMask Between(BinaryMask mask, double min, double max)
    {
        var squared = DistanceTransform.Of(mask).Squared;
        var kept = new BinaryMask(mask.Size);
        for (var i = 0; i < squared.Length; i++)
        {
            var (y, x) = Math.DivRem(i, mask.Width);
            var isKept = squared[i] > 0 && squared[i] >= min * min && (squared[i] <= max * max || double.IsPositiveInfinity(max));
            kept.Row(y)[x >> 6] |= (isKept ? 1UL : 0) << (x & 63);
        }

        return kept;
    }
}
