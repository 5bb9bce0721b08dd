using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Data;
using Maskwright.Training.Detection;
using Xunit;

namespace Maskwright.Training.Tests.Detection;

public class TrueObjectTests
{
    // An object of 4 by 4 pixels at (2, 2), the right half of it another object's.
    private static readonly TrainingCrop s_crop = new(8, new byte[8 * 8 * 3], [Layer()], true) { Classes = { [2] = 3 } };

    [Fact]
    public void Boxes_hold_all_pixels_and_end_behind_the_last()
    {
        var objects = TrueObject.Of(s_crop, 1);

        Assert.Equal([new RegionBox(2, 2, 4, 6), new RegionBox(4, 2, 6, 6)], objects.Select(o => o.Box));
        Assert.Equal([1, 3], objects.Select(o => o.Class));
    }

    [Fact]
    public void Objects_of_which_too_little_is_seen_are_left_out() => Assert.Empty(TrueObject.Of(s_crop, 9));

    [Fact]
    public void A_mask_in_a_box_is_sampled_between_pixels_as_RoIAlign_does()
    {
        var mask = TrueObject.Of(s_crop, 1)[0].MaskIn(new RegionBox(2, 2, 6, 6), 4);

        // Pixels 2 and 3 of a row are the object's; a cell reads halfway between two pixels, at 2.5, 3.5, 4.5 and 5.5; the last row halfway past the object's end.
        Assert.Equal([1, 0.5f, 0, 0, 1, 0.5f, 0, 0, 1, 0.5f, 0, 0, 0.5f, 0.25f, 0, 0], mask);
    }

    [Fact]
    public void A_large_box_means_over_as_many_samples_as_a_cell_has_pixels()
    {
        var mask = TrueObject.Of(s_crop, 1)[0].MaskIn(new RegionBox(0, 0, 8, 8), 2);

        // Samples of a cell lie at 0.5, 1.5, 2.5, 3.5 along each axis: across 0, 0.5, 1, 0.5; down 0, 0.5, 1, 1.
        Assert.Equal(0.5f * 0.625f, mask[0], 6);
    }

    private static ushort[] Layer()
    {
        var layer = new ushort[64];
        for (var i = 0; i < 16; i++)
        {
            layer[((2 + (i / 4)) * 8) + 2 + (i % 4)] = (ushort)(i % 4 < 2 ? 1 : 2);
        }

        return layer;
    }
}
