using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class BoundaryAndSmoothingTests
{
    [Fact]
    public void The_inner_boundary_is_the_mask_without_its_inside()
    {
        var mask = AsciiMask.Parse("""
            .....
            .###.
            .###.
            .###.
            .....
            """);

        AsciiMask.Equal(AsciiMask.Parse("""
            .....
            .###.
            .#.#.
            .###.
            .....
            """), BoundaryExtraction.Of(mask));
        AsciiMask.Equal(AsciiMask.Parse("""
            .###.
            #...#
            #...#
            #...#
            .###.
            """), Side(mask, BoundarySide.Outer));
    }

    [Fact]
    public void The_images_border_counts_when_asked_to()
    {
        var full = RandomMasks.Fill(70, 9, (_, _) => true);

        Assert.Equal(0, BoundaryExtraction.Of(full).Area());
        var frame = BoundaryExtraction.Of(full, new BoundaryExtractionOptions { ImageBorderCounts = true, WidthPixels = 2 });
        AsciiMask.Equal(RandomMasks.Fill(70, 9, (x, y) => x < 2 || y < 2 || x >= 68 || y >= 7), frame);
    }

    [Fact]
    public void Both_sides_are_the_inner_and_the_outer_boundary()
    {
        foreach (var mask in RandomMasks.Some(seed: 21))
        {
            var (inner, outer, both) = (Side(mask, BoundarySide.Inner), Side(mask, BoundarySide.Outer), Side(mask, BoundarySide.Both));

            AsciiMask.Equal(both, RandomMasks.Fill(mask.Width, mask.Height, (x, y) => inner[x, y] || outer[x, y]));
            Assert.Equal(0, MaskOverlap.IntersectionArea(inner, outer));
        }
    }

    [Fact]
    public void Smoothing_by_running_sums_is_smoothing_pixel_by_pixel()
    {
        foreach (var mask in RandomMasks.Some(seed: 22))
        {
            foreach (var radius in new[] { 0, 1, 4 })
            {
                AsciiMask.Equal(MaskSmoothing.ApplyScalar(mask, radius), MaskSmoothing.Apply(mask, radius));
            }
        }
    }

    [Theory]
    [Trait("Kind", "parity")]
    [InlineData("mask_blob_a", "1762:43807282 1839:45390881 577:14140062 638:15906656 1316:32252083")]
    [InlineData("mask_blob_b", "1594:47515955 1878:55167596 766:21363124 820:22273452 1766:49352578")]
    [InlineData("mask_noise", "484:2917335 299:957477 552:3649112 699:4844247 1275:8596410")]
    [InlineData("mask_shapes_a", "1820:90115038 1780:87471582 251:15422842 302:18335634 584:35050186")]
    public void Pixels_are_those_of_OpenCVs_median_and_of_scikit_image_boundaries(string name, string areasAndPlaces)
    {
        var mask = ImageOperations.Mask(GoldenCase.Open("image_ops", name));

        BinaryMask[] actual =
        [
            MaskSmoothing.Apply(mask, 1), MaskSmoothing.Apply(mask, 4), Side(mask, BoundarySide.Inner),
            BoundaryExtraction.Of(mask, new BoundaryExtractionOptions { Side = BoundarySide.Outer }),
            BoundaryExtraction.Of(mask, new BoundaryExtractionOptions { Side = BoundarySide.Both }),
        ];

        Assert.Equal(areasAndPlaces, string.Join(' ', actual.Select(result => $"{result.Area()}:{Places(result)}")));
    }

    [Fact]
    public void Smoothing_takes_a_spike_away() => AsciiMask.Equal(
        AsciiMask.Parse("""
            .....
            .....
            #####
            #####
            """),
        MaskSmoothing.Apply(AsciiMask.Parse("""
            .....
            ..#..
            #####
            #####
            """), 1));

    [Fact]
    public void As_a_step_an_operation_drops_what_becomes_empty()
    {
        var (small, large) = (AsciiMask.Parse("#...."), AsciiMask.Parse("#####"));
        MaskProposal[] proposals = [.. new[] { small, large }.Select(mask => new MaskProposal(RunLengthMask.FromMask(mask), 0.5))];

        var eroded = new MaskOperation(mask => Erosion.Apply(mask, StructuringElement.Rectangle(3, 1))).Apply(proposals);

        Assert.Equal(proposals[1], Assert.Single(eroded));
    }

    private static long Places(BinaryMask mask) =>
        (from y in Enumerable.Range(0, mask.Height) from x in Enumerable.Range(0, mask.Width) where mask[x, y] select (x + 1L) * ((y * y) + 3L)).Sum();

    private static BinaryMask Side(BinaryMask mask, BoundarySide side) =>
        BoundaryExtraction.Of(mask, new BoundaryExtractionOptions { Side = side, Neighbours = Connectivity.Four });
}
