using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public sealed class LabelObjectsTests
{
    private static readonly LabelMap s_map = Parse("""
        1 1 0 2 2 0
        1 1 0 0 0 1
        0 0 0 9 9 1
        """);

    [Fact]
    public void Of_classes_every_connected_region_is_an_object_but_background_and_void()
    {
        var objects = LabelObjects.Of(s_map, LabelKind.Classes, new LabelObjectOptions { VoidLabel = 9, MinAreaPixels = 1 });

        Assert.Equal([(1, 4L), (1, 2L), (2, 2L)], objects.Select(o => (o.Label, o.Mask.Area())));
        Assert.True(objects[0].Mask[1, 1] && objects[1].Mask[5, 2] && objects[2].Mask[3, 0]);
    }

    [Fact]
    public void Instances_may_be_in_pieces_and_regions_cover_everything()
    {
        var options = new LabelObjectOptions { MinAreaPixels = 1 };

        Assert.Equal([(1, 6L), (2, 2L), (9, 2L)], LabelObjects.Of(s_map, LabelKind.Instances, options).Select(o => (o.Label, o.Mask.Area())));
        Assert.Equal(18, LabelObjects.Of(s_map, LabelKind.Regions, options).Sum(o => o.Mask.Area()));
    }

    [Fact]
    public void A_nested_part_belongs_to_its_whole()
    {
        var map = Parse("""
            1 1 1 0 1
            1 2 1 0 1
            """);

        var objects = LabelObjects.Of(map, LabelKind.Nested, new LabelObjectOptions { MinAreaPixels = 1 });

        Assert.Equal([(1, 6L), (1, 2L), (2, 1L)], objects.Select(o => (o.Label, o.Mask.Area())));
    }

    [Fact]
    public void Small_objects_are_left_out()
    {
        Assert.Equal([4L], LabelObjects.Of(s_map, LabelKind.Classes, new LabelObjectOptions { MinAreaPixels = 3 }).Select(o => o.Mask.Area()));
        Assert.Empty(LabelObjects.Of(s_map, LabelKind.Classes));
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelObjects.Of(s_map, LabelKind.Classes, new LabelObjectOptions { MinAreaPixels = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelObjects.Of(s_map, (LabelKind)9));
    }

    private static LabelMap Parse(string text)
    {
        var rows = text.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(int.Parse).ToArray()).ToArray();
        return new LabelMap(new ImageSize(rows[0].Length, rows.Length), [.. rows.SelectMany(row => row)]);
    }
}
