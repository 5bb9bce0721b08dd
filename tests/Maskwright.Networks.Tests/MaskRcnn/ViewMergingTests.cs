using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.MaskRcnn;

public class ViewMergingTests
{
    private static readonly InstanceView s_whole = new(new PixelRect(0, 0, 12, 3), 1, IsFlipped: false, Pass: 0);
    private static readonly InstanceView s_left = s_whole with { Area = new PixelRect(0, 0, 7, 3) };
    private static readonly InstanceView s_right = s_whole with { Area = new PixelRect(5, 0, 7, 3) };

    [Fact]
    public void An_object_that_two_parts_cut_is_one_again()
    {
        var left = Seen("""
            ............
            ..#####.....
            ............
            """, s_left, 0.8, isCut: true);
        var right = Seen("""
            ............
            .....#####..
            ............
            """, s_right, 0.6, isCut: true);

        var merged = Assert.Single(ViewMerging.Merge([left, right], 1));

        AsciiMask.Equal(AsciiMask.Parse("""
            ............
            ..########..
            ............
            """), merged.Mask.ToBinaryMask());
        Assert.Equal(0.7, merged.Score, 1e-9);
    }

    [Fact]
    public void Pieces_that_show_different_things_where_both_look_stay_apart()
    {
        var left = Seen("""
            ..#####.....
            ............
            ............
            """, s_left, 0.8, isCut: true);
        var right = Seen("""
            ............
            ............
            .....#####..
            """, s_right, 0.6, isCut: true);

        Assert.Equal(2, ViewMerging.Merge([left, right], 1).Count);
    }

    [Fact]
    public void A_piece_of_what_another_look_shows_whole_goes()
    {
        var whole = Seen("""
            ............
            ..########..
            ............
            """, s_whole, 0.7);
        var piece = Seen("""
            ............
            ..#####.....
            ............
            """, s_left, 0.9, isCut: true);

        var merged = Assert.Single(ViewMerging.Merge([piece, whole], 1));

        Assert.Equal((8, 0.7), (merged.Mask.Area, merged.Score));
    }

    [Fact]
    public void What_two_parts_show_whole_is_there_once()
    {
        var one = Seen("""
            .....##.....
            .....##.....
            ............
            """, s_left, 0.7);

        Assert.Equal(0.8, Assert.Single(ViewMerging.Merge([one, one with { View = s_right, Score = 0.8 }], 1)).Score, 1e-9);
    }

    [Fact]
    public void Other_classes_and_smaller_objects_inside_stay()
    {
        var large = Seen("""
            ############
            ############
            ############
            """, s_whole, 0.9);
        var small = Seen("""
            ............
            .....##.....
            ............
            """, s_whole, 0.8);

        Assert.Equal(3, ViewMerging.Merge([large, small, large with { Class = 2 }], 1).Count);
    }

    [Fact]
    public void Scores_are_averaged_over_the_times_and_nothing_seen_counts_nothing()
    {
        var once = Seen("""
            ###.........
            ............
            ............
            """, s_whole, 0.8);
        var twice = Seen("""
            ............
            ............
            .........###
            """, s_whole, 0.6);

        var merged = ViewMerging.Merge([once, twice, twice with { View = s_whole with { Pass = 1 }, Score = 0.8 }], 2);

        Assert.Equal([0.7, 0.4], merged.Select(o => Math.Round(o.Score, 9)));
    }

    [Fact]
    public void A_mask_is_what_most_of_the_looks_hold()
    {
        string[] arts = ["####........\n............\n............", "###.........\n............\n............", "#####.......\n............\n............"];

        var merged = ViewMerging.Merge([.. arts.Select((art, pass) => Seen(art, s_whole with { Pass = pass }, 0.9))], 3);

        Assert.Equal(4, Assert.Single(merged).Mask.Area);
    }

    [Fact]
    public void Parts_cover_the_image_which_is_looked_at_whole_as_well()
    {
        var views = InstanceViews.Of(new ImageSize(300, 150), new ViewOptions { TileSide = 128, TileOverlap = 0.25, Flips = true, Scales = [1, 2] });

        Assert.Equal(4, views.Select(view => view.Pass).Distinct().Count());
        Assert.Equal(4, views.Count(view => view.Area == new PixelRect(0, 0, 300, 150)));
        var parts = views.Where(view => view.Pass == 0).Skip(1).ToList();
        Assert.All(parts, part => Assert.Equal(128, part.Area.Width));
        Assert.All(Enumerable.Range(0, 300 * 150), i => Assert.Contains(parts, part => part.Area.Contains(new PixelRect(i % 300, i / 300, 1, 1))));
        Assert.Single(InstanceViews.Of(new ImageSize(300, 150), ViewOptions.Whole));
    }

    [Fact]
    public void What_a_mirrored_part_shows_lands_where_it_is()
    {
        var size = new ImageSize(100, 60);
        var mask = new float[28 * 28];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = i % 28 < 14 ? 1 : 0; // the left half of the box
        }

        var mirror = Enumerable.Range(0, mask.Length).Select(i => mask[(i / 28 * 28) + 27 - (i % 28)]).ToArray();
        var view = new InstanceView(new PixelRect(40, 10, 50, 40), 1, IsFlipped: false, 0);

        var plain = InstanceViews.Placed((new Detection(new RegionBox(4, 6, 24, 26), 1, 0.9f), mask), view, size);
        var flipped = InstanceViews.Placed((new Detection(new RegionBox(26, 6, 46, 26), 1, 0.9f), mirror), view with { IsFlipped = true }, size);

        Assert.InRange(plain.Mask.Iou(flipped.Mask), 0.99, 1);
        Assert.InRange(plain.Mask.Bounds.X, 43, 45);
        Assert.InRange(plain.Mask.Bounds.Right, 53, 55);
        Assert.False(plain.IsCut);
        Assert.True(InstanceViews.Placed((new Detection(new RegionBox(1, 6, 24, 26), 1, 0.9f), mask), view, size).IsCut);
    }

    private static ViewedObject Seen(string art, InstanceView view, double score, bool isCut = false) =>
        new(RunLengthMask.FromMask(AsciiMask.Parse(art)), 1, score, view, isCut);
}
