using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class SmallRegionTests
{
    [Fact]
    public void Fills_a_hole_smaller_than_the_limit()
    {
        var mask = AsciiMask.Parse("""
            .......
            .####..
            .#.##..
            .####..
            .......
            """);

        var (filled, isChanged) = SmallRegionRemoval.FillHoles(mask, 2);

        Assert.True(isChanged);
        AsciiMask.Equal(AsciiMask.Parse("""
            .......
            .####..
            .####..
            .####..
            .......
            """), filled);
        Assert.Equal((mask, false), SmallRegionRemoval.FillHoles(mask, 1));
    }

    [Fact]
    public void Where_all_islands_are_small_the_first_of_the_largest_stays()
    {
        var mask = AsciiMask.Parse("""
            #..##..##
            .........
            """);

        var (left, isChanged) = SmallRegionRemoval.RemoveIslands(mask, 100);

        Assert.True(isChanged);
        AsciiMask.Equal(AsciiMask.Parse("""
            ...##....
            .........
            """), left);
    }

    [Fact]
    public void A_bay_is_no_hole()
    {
        var mask = AsciiMask.Parse("""
            ####
            #...
            ####
            #.##
            ####
            """);

        AsciiMask.Equal(AsciiMask.Parse("""
            ####
            #...
            ####
            ####
            ####
            """), HoleFilling.Fill(mask));
        Assert.Same(mask, HoleFilling.Fill(mask, new HoleFillingOptions { MaxAreaPixels = 0 }));
    }

    [Fact]
    public void Cleanup_keeps_scores_and_drops_what_is_nothing()
    {
        var holed = AsciiMask.Parse("""
            ###...
            #.#..#
            ###...
            """);
        MaskProposal[] proposals =
        [
            new(RunLengthMask.FromMask(holed), 0.75) { StabilityScore = 0.5, Label = "ring" },
            new(RunLengthMask.Empty(holed.Size), 0.99),
        ];

        var clean = new PostProcessingChain(new MaskCleanup { MinHoleAreaPixels = 2, MinIslandAreaPixels = 3 }).Apply(proposals);

        var only = Assert.Single(clean);
        Assert.Equal((0.75, 0.5, "ring"), (only.PredictedIou, only.StabilityScore, only.Label));
        AsciiMask.Equal(AsciiMask.Parse("""
            ###...
            ###...
            ###...
            """), only.Mask.ToBinaryMask());
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Small_regions_go_as_in_the_reference()
    {
        foreach (var golden in ImageOperations.MaskCases.Select(name => GoldenCase.Open("image_ops", name)))
        {
            var mask = ImageOperations.Mask(golden);
            foreach (var limit in new[] { 3, 20, 60, 100000 })
            {
                AssertOutput(golden, $"sam_holes_{limit}", SmallRegionRemoval.FillHoles(mask, limit));
                AssertOutput(golden, $"sam_islands_{limit}", SmallRegionRemoval.RemoveIslands(mask, limit));
            }
        }
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Holes_are_filled_as_in_SciPy()
    {
        foreach (var golden in ImageOperations.MaskCases.Select(name => GoldenCase.Open("image_ops", name)))
        {
            foreach (var connectivity in Enum.GetValues<Connectivity>())
            {
                var filled = HoleFilling.Fill(ImageOperations.Mask(golden), new HoleFillingOptions { Background = connectivity });

                AsciiMask.Equal(golden.Output($"fill_holes_{(int)connectivity}background").Masks()[0], filled);
            }
        }
    }

    private static void AssertOutput(GoldenCase golden, string name, (BinaryMask Mask, bool IsChanged) actual)
    {
        AsciiMask.Equal(golden.Output(name).Masks()[0], actual.Mask);
        Assert.Equal(golden.Output(name).Field("changed").GetBoolean(), actual.IsChanged);
    }
}
