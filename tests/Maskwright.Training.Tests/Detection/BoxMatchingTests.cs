using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Detection;
using Xunit;

namespace Maskwright.Training.Tests.Detection;

public class BoxMatchingTests
{
    private static readonly RegionBox s_object = new(0, 0, 10, 10);

    [Fact]
    public void Boxes_are_objects_background_or_undecided_by_their_overlap()
    {
        RegionBox[] boxes = [new(0, 0, 10, 8), new(0, 0, 10, 5), new(0, 0, 10, 2), new(20, 20, 30, 30)];

        var matches = BoxMatching.Match([s_object], boxes, 0.7, 0.3, keepsBest: false);

        Assert.Equal([0, BoxMatching.Undecided, BoxMatching.Background, BoxMatching.Background], matches);
    }

    [Fact]
    public void The_best_box_of_an_object_stands_for_it_however_little_it_overlaps()
    {
        RegionBox[] boxes = [new(0, 0, 10, 2), new(0, 0, 2, 10), new(0, 0, 1, 10)];

        var matches = BoxMatching.Match([s_object], boxes, 0.7, 0.3, keepsBest: true);

        Assert.Equal([0, 0, BoxMatching.Background], matches);
    }

    [Fact]
    public void A_best_box_goes_to_the_object_that_it_overlaps_most()
    {
        RegionBox[] objects = [s_object, new(0, 0, 10, 20)];

        var matches = BoxMatching.Match(objects, [new RegionBox(0, 0, 10, 11)], 0.95, 0.3, keepsBest: true);

        Assert.Equal([0], matches);
    }

    [Fact]
    public void Without_objects_all_is_background() =>
        Assert.Equal([BoxMatching.Background], BoxMatching.Match([], [s_object], 0.7, 0.3, keepsBest: true));

    [Fact]
    public void An_object_that_no_box_touches_matches_none() =>
        Assert.Equal([BoxMatching.Background], BoxMatching.Match([new RegionBox(50, 50, 60, 60)], [s_object], 0.7, 0.3, keepsBest: true));

    [Fact]
    public void Overlap_is_the_shared_area_over_that_of_both()
    {
        Assert.Equal(25f / 175, BoxMatching.Iou(s_object, new RegionBox(5, 5, 15, 15)), 6);
        Assert.Equal(0, BoxMatching.Iou(s_object, new RegionBox(10, 0, 20, 10)));
    }
}
