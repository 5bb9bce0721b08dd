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

    private static BinaryMask Side(BinaryMask mask, BoundarySide side) =>
        BoundaryExtraction.Of(mask, new BoundaryExtractionOptions { Side = side, Neighbours = Connectivity.Four });
}
