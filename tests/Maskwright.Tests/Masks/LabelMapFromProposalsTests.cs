using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Masks;

public class LabelMapFromProposalsTests
{
    [Fact]
    public void Draws_small_masks_over_large_ones_and_numbers_them_by_falling_area()
    {
        var small = Proposal("""
            ....
            .#..
            ....
            """);
        var large = Proposal("""
            ###.
            ###.
            ....
            """);

        var map = LabelMap.FromProposals(new ImageSize(4, 3), [small, large]);

        Assert.Equal([1, 1, 1, 0, 1, 2, 1, 0, 0, 0, 0, 0], map.Labels.ToArray());
        Assert.Equal([1, 0], LabelMap.OrderByArea([small, large]));
    }

    [Fact]
    public void Is_all_background_without_masks()
    {
        var map = LabelMap.FromProposals(new ImageSize(2, 2), []);

        Assert.Equal([0, 0, 0, 0], map.Labels.ToArray());
    }

    [Fact]
    public void Refuses_a_mask_of_another_size()
    {
        var error = Assert.Throws<ArgumentException>(() => LabelMap.FromProposals(new ImageSize(2, 2), [Proposal("###")]));

        Assert.Contains("Mask 0 is 3x1, but the label map is 2x2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void One_mask_becomes_its_own_pixels()
    {
        foreach (var mask in RandomMasks.Some(7))
        {
            var map = LabelMap.FromProposals(mask.Size, [new MaskProposal(RunLengthMask.FromMask(mask), 1)]);

            for (var i = 0; i < map.Labels.Length; i++)
            {
                Assert.Equal(mask[i % mask.Width, i / mask.Width] ? 1 : 0, map.Labels[i]);
            }
        }
    }

    private static MaskProposal Proposal(string art) => new(RunLengthMask.FromMask(AsciiMask.Parse(art)), 0.9);
}
