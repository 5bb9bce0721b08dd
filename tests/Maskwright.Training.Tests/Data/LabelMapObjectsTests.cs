using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Training.Data;
using Xunit;

namespace Maskwright.Training.Tests.Data;

public class LabelMapObjectsTests
{
    private static readonly LabelMap s_map = Map(
        "1100022",
        "1100022",
        "0001100",
        "9900000");

    [Fact]
    public void An_object_of_classes_is_a_component_of_one_class()
    {
        var objects = LabelMapObjects.Find(s_map, new LabelRules { Kind = LabelKind.Classes, MinAreaPixels = 1, VoidLabel = 9 });

        Assert.Equal([4, 2, 4], objects.Objects.Select(o => (int)o.Area));
        Assert.Equal(2, objects.Layers[0].Count(id => id == ObjectLayers.Void));
    }

    [Fact]
    public void An_object_of_instances_may_be_in_several_pieces()
    {
        var objects = LabelMapObjects.Find(s_map, new LabelRules { Kind = LabelKind.Instances, MinAreaPixels = 1, VoidLabel = 9 });

        Assert.Equal([6, 4], objects.Objects.Select(o => (int)o.Area));
    }

    [Fact]
    public void Regions_count_zero_as_well()
    {
        var objects = LabelMapObjects.Find(s_map, new LabelRules { Kind = LabelKind.Regions, MinAreaPixels = 3 });

        Assert.Equal(28 - 4 - 2 - 4 - 2, objects.Objects[0].Area);
        Assert.Equal(3, objects.Objects.Count);
    }

    [Fact]
    public void Nested_labels_give_the_body_with_its_core_and_the_core_alone()
    {
        var map = Map(
            "01110",
            "01210",
            "01110");

        var objects = LabelMapObjects.Find(map, new LabelRules { Kind = LabelKind.Nested, MinAreaPixels = 1 });

        Assert.Equal([9, 1], objects.Objects.Select(o => (int)o.Area));
        Assert.Equal(2, objects.Layers.Count);
    }

    [Fact]
    public void The_union_of_classes_is_an_object_where_the_rules_say_so()
    {
        var map = Map("01220");

        var objects = LabelMapObjects.Find(map, new LabelRules { Kind = LabelKind.Classes, MinAreaPixels = 1, HasUnion = true });

        Assert.Equal([1, 2, 3], objects.Objects.Select(o => (int)o.Area));
    }

    [Fact]
    public void Small_objects_are_left_out()
    {
        var objects = LabelMapObjects.Find(s_map, new LabelRules { Kind = LabelKind.Classes, MinAreaPixels = 3, VoidLabel = 9 });

        Assert.Equal(2, objects.Objects.Count);
    }

    private static LabelMap Map(params string[] rows) => new(new ImageSize(rows[0].Length, rows.Length), [.. string.Concat(rows).Select(c => c - '0')]);
}
