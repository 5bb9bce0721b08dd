using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Steps that look at the image; each looks at the surroundings of a mask only.</summary>
internal static class ImageSteps
{
    private static readonly StepParameter _border = new("border", "how far the mask's border may be off, in pixels") { Default = "3", Min = 0.1, Max = 1000 };

    public static IReadOnlyList<StepDescription> All { get; } =
    [
        new(
            "refine-crf",
            "Lets pixels of like colour take the same side: a fully connected CRF.",
            arguments => EachMask.Change((mask, image) => Near(mask, image, Margin(mask), (part, photo) =>
                new FullyConnectedCrf(photo, Crf(arguments)).Refine(SoftMask.FromBorder(part, (float)arguments.Number("border"))).Cut())),
            _border,
            new StepParameter("reach", "how far pixels hear each other, in pixels") { Default = "10", Min = 0.125, Max = 10000 },
            new StepParameter("colour", "how far like colours may lie apart, in 8-bit steps") { Default = "7", Min = 0.125, Max = 1000 },
            new StepParameter("rounds", "of mean field") { Default = "8", Max = 1000, IsWhole = true })
        {
            NeedsImage = true,
        },
        new(
            "refine-cut",
            "Moves the border to where colours change: GrabCut within a band along it.",
            arguments => EachMask.Change((mask, image) => Near(mask, image, 4 * arguments.Whole("band"), (part, photo) => GrabCut.Refine(
                photo,
                SoftMask.FromBorder(part, (float)arguments.Number("border")),
                new GrabCutOptions { BandPixels = arguments.Whole("band"), Smoothness = arguments.Number("smoothness") }))),
            new StepParameter("band", "how far the border may move, in pixels") { Default = "12", Min = 1, Max = 10000, IsWhole = true },
            _border,
            new StepParameter("smoothness", "the cost of parting two pixels of like colour, in nats") { Default = "5", Max = 1000 })
        {
            NeedsImage = true,
        },
        new(
            "guided-filter",
            "Lets the border follow the image's edges: a guided filter, cut at one half.",
            arguments => EachMask.Change((mask, image) => Near(mask, image, 3 * arguments.Whole("radius"), (part, photo) => GuidedFilter.Apply(
                photo,
                SoftMask.FromMask(part),
                new GuidedFilterOptions { RadiusPixels = arguments.Whole("radius"), Epsilon = arguments.Number("epsilon") }).Cut())),
            new StepParameter("radius", "windows measure twice this plus one, in pixels") { Default = "8", Min = 1, Max = 10000, IsWhole = true },
            new StepParameter("epsilon", "variance below which a window counts as flat, colours being 0 to 1") { Default = "0.0001", Min = 1e-12, Max = 1 })
        {
            NeedsImage = true,
        },
        new(
            "matting",
            "Solves for how much of every pixel near the border belongs to the object, then cuts.",
            arguments => EachMask.Change((mask, image) => Near(mask, image, (2 * arguments.Whole("band")) + 8, (part, photo) =>
                Matted(part, photo, arguments.Whole("band")).Cut((float)arguments.Number("cut")))),
            new StepParameter("band", "the border is unknown so far to either side, in pixels") { Default = "6", Min = 1, Max = 1000, IsWhole = true },
            new StepParameter("cut", "a pixel is inside when more of it belongs to the object, 0 to 1") { Default = "0.5", Max = 1 })
        {
            NeedsImage = true,
        },
    ];

    private static FullyConnectedCrfOptions Crf(StepArguments arguments) => new()
    {
        AppearanceSigmaPixels = (float)arguments.Number("reach"),
        ColorSigma = (float)arguments.Number("colour"),
        Iterations = arguments.Whole("rounds"),
    };

    // A CRF hears all of the image; as much again around the object is enough.
    private static int Margin(BinaryMask mask) => Math.Max(32, mask.Bounds().Size.LongestSide / 2);

    // A mask that is all band, or all of its surroundings, leaves nothing known on one side.
    private static SoftMask Matted(BinaryMask mask, RgbImage image, int band)
    {
        var trimap = Trimap.FromMask(mask, band);
        var isSolvable = trimap.Foreground.Area() > 0 && trimap.Background.Area() > 0 && image.Width >= 3 && image.Height >= 3;
        return isSolvable ? ClosedFormMatting.Solve(image, trimap, new ClosedFormMattingOptions { RelativeTolerance = 1e-4 }) : SoftMask.FromMask(mask);
    }

    private static BinaryMask Near(BinaryMask mask, RgbImage image, int margin, Func<BinaryMask, RgbImage, BinaryMask> operation)
    {
        var bounds = mask.Bounds();
        var (left, top) = (Math.Max(0, bounds.X - margin), Math.Max(0, bounds.Y - margin));
        var (right, bottom) = (Math.Min(mask.Width, bounds.Right + margin), Math.Min(mask.Height, bounds.Bottom + margin));
        var area = new PixelRect(left, top, right - left, bottom - top);
        var part = RunLengthMask.FromMask(mask).PlaceIn(area.Size, -left, -top).ToBinaryMask();
        return RunLengthMask.FromMask(operation(part, image.Crop(area))).PlaceIn(mask.Size, left, top).ToBinaryMask();
    }
}
