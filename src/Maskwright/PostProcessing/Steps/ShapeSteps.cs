using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Steps that change a mask's form as a whole.</summary>
internal static class ShapeSteps
{
    public static IReadOnlyList<StepDescription> All { get; } =
    [
        new(
            "smooth",
            "Rounds off the border: every pixel takes the side of the majority in the square around it.",
            arguments => EachMask.Change(mask => MaskSmoothing.Apply(mask, arguments.Whole("radius"))),
            new StepParameter("radius", "the square measures twice this plus one, in pixels") { Default = "3", Min = 1, Max = 16383, IsWhole = true }),
        new(
            "simplify",
            "Replaces the outline by polygons with fewer corners; holes stay, and lines never come to cross.",
            arguments => EachMask.Change(mask => Simplify(mask, arguments.Number("tolerance"), arguments.Choice("method"))),
            new StepParameter("tolerance", "how far the outline may move, in pixels; for visvalingam the area of a corner, in pixels") { Default = "1", Max = 10000 },
            new StepParameter("method", "douglas-peucker (by distance) or visvalingam (by area)") { Default = "douglas-peucker", Choices = ["douglas-peucker", "visvalingam"] }),
        new("convex-hull", "Fills the smallest convex polygon around the mask.", _ => EachMask.Change(ConvexHull.Fill)),
        new(
            "skeleton",
            "Thins the mask to lines one pixel wide that keep its connections and holes.",
            arguments => EachMask.Change(mask => Skeleton.Of(mask, arguments.Has("rounds") ? arguments.Whole("rounds") : null)),
            new StepParameter("rounds", "stops early after so many rounds; left out, thins to the end") { Default = string.Empty, Min = 1, IsWhole = true }),
        new(
            "boundary",
            "Keeps a band along the border.",
            arguments => EachMask.Change(mask => BoundaryExtraction.Of(mask, Boundary(arguments))),
            new StepParameter("width", "of the band, in pixels") { Default = "1", Min = 1, Max = 16383, IsWhole = true },
            new StepParameter("side", "inner, outer, or both") { Default = "inner", Choices = ["inner", "outer", "both"] }),
        new(
            "contour",
            "Keeps the pixels that contour tracing visits: lines one pixel wide around regions and, with all, around holes.",
            arguments => EachMask.Change(mask => Contours(mask, arguments.Choice("which"))),
            new StepParameter("which", "all, or outer for those that lie in no hole") { Default = "all", Choices = ["all", "outer"] }),
        new("invert", "Turns inside and outside around.", _ => EachMask.Change(MaskComplement.Of)),
    ];

    private static BoundaryExtractionOptions Boundary(StepArguments arguments) => new()
    {
        WidthPixels = arguments.Whole("width"),
        Side = arguments.Choice("side") switch { "inner" => BoundarySide.Inner, "outer" => BoundarySide.Outer, _ => BoundarySide.Both },
    };

    private static BinaryMask Contours(BinaryMask mask, string which)
    {
        var lines = new BinaryMask(mask.Size);
        var retrieval = which == "outer" ? ContourRetrieval.External : ContourRetrieval.List;
        foreach (var contour in ContourTracing.Trace(mask, new ContourTracingOptions { Retrieval = retrieval }))
        {
            foreach (var point in contour.Points)
            {
                lines[point.X, point.Y] = true;
            }
        }

        return lines;
    }

    // Where rings are filled one over the other, a pixel is inside when it lies in an odd number of them.
    private static BinaryMask Simplify(BinaryMask mask, double tolerance, string method)
    {
        var rings = PolygonSimplification.RingsOf(PixelOutline.Of(mask));
        var simple = method == "visvalingam" ? PolygonSimplification.Visvalingam(rings, tolerance) : PolygonSimplification.DouglasPeucker(rings, tolerance);
        var filled = new BinaryMask(mask.Size);
        foreach (var ring in simple)
        {
            var inside = PolygonRasteriser.Fill(mask.Size, [.. ring.SelectMany(corner => new[] { corner.X, corner.Y })]).ToBinaryMask();
            for (var i = 0; i < filled.Words.Length; i++)
            {
                filled.Words[i] ^= inside.Words[i];
            }
        }

        return filled;
    }
}
