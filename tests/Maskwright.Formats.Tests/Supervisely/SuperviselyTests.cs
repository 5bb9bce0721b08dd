using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Supervisely;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.Supervisely;

public sealed class SuperviselyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_every_pixel_box_and_class()
    {
        var dataset = Dataset(Object(Triangle) with { Score = 0.5, GroupId = 4, Id = 11 }, Object(TwoParts, Dog), Object(Frame), Object(Box, Dog), Object(Spots));

        var (back, losses) = dataset.RoundTrip("supervisely", _folder.File("out"));

        var image = Assert.Single(back.Images);
        SameObjects(dataset.Images.First(), image);
        Assert.Equal(Triangle, image.Objects[0].Shape);
        Assert.Equal((0.5, 4L, 11L), (image.Objects[0].Score, image.Objects[0].GroupId, image.Objects[0].Id));
        Assert.Equal(Frame, image.Objects[2].Shape);
        Assert.Equal(Box, image.Objects[3].Shape);
        Assert.Equal(1, losses[LossKind.PolygonsRasterised]);
    }

    /// <remarks>The bitmap is the example in the documentation of Supervisely's SDK, <c>Bitmap.data_2_base64</c>.</remarks>
    [Fact]
    public void Reads_polygons_with_holes_rectangles_and_bitmaps_in_the_frame_of_pixels()
    {
        Project("""
            {"description": "", "size": {"height": 16, "width": 20}, "tags": [{"name": "val", "value": null}], "objects": [
              {"classTitle": "cat", "geometryType": "polygon", "points": {"exterior": [[1, 1], [9, 1], [9, 9], [1, 9]], "interior": [[[3, 3], [5, 3], [5, 5], [3, 5]]]}, "tags": [{"name": "old", "value": null}, {"name": "age", "value": 3}]},
              {"classTitle": "dog", "geometryType": "rectangle", "points": {"exterior": [[2, 3], [4, 6]], "interior": []}, "tags": [], "instance": "f3a"},
              {"classTitle": "dog", "geometryType": "bitmap", "bitmap": {"data": "eJzrDPBz5+WS4mJgYOD19HAJAtLMIMwIInOeqf8BUmwBPiGuQPr///9Lb86/C2QxlgT5BTM4PLuRBuTwebo4hlTMSa44sKHhISMDuxpTYrr03F6gDIOnq5/LOqeEJgDM5ht6", "origin": [5, 4]}, "tags": []},
              {"classTitle": "dog", "geometryType": "point", "points": {"exterior": [[2, 3]], "interior": []}, "tags": []}]}
            """);
        var passedOver = new List<SkippedItem>();

        var dataset = new SuperviselyReader().Open(_folder.Path, new DatasetReadOptions { Skipped = passedOver.Add });

        var image = Assert.Single(dataset.Images);
        Assert.Equal(("a.png", "val", Size), (image.FileName, image.Split, image.Size));
        Assert.Equal(new FlagValue(true), image.Objects[0].Attributes["old"]);
        Assert.Equal([1.5, 1.5, 9.5, 1.5, 9.5, 9.5, 1.5, 9.5], PolygonPart.ToNumbers(Assert.IsType<PolygonShape>(image.Objects[0].Shape).Parts[0].Outer));
        Assert.Single(Assert.IsType<PolygonShape>(image.Objects[0].Shape).Parts[0].Holes);
        Assert.Equal(new Metrics.ObjectBox(2, 3, 3, 4), image.Objects[1].Shape.Bounds);
        Assert.Equal(1, image.Objects[1].GroupId);
        AsciiMask.Equal(
            AsciiMask.Parse("""
                ###
                #.#
                ###
                """),
            image.Objects[2].Shape.ToMask(Size).PlaceIn(new(3, 3), -5, -4).ToBinaryMask());
        Assert.Single(passedOver);
    }

    [Theory]
    [InlineData("""{"classTitle": "mouse", "geometryType": "rectangle", "points": {"exterior": [[2, 3], [4, 6]]}}""", "the class 'mouse' does not stand")]
    [InlineData("""{"classTitle": "cat", "geometryType": "rectangle", "points": {"exterior": [[2, 3]]}}""", "a rectangle of 1 points")]
    [InlineData("""{"classTitle": "cat", "geometryType": "bitmap", "bitmap": {"data": "eJw=", "origin": [0, 0]}}""", "'data'")]
    [InlineData("""{"classTitle": "cat", "geometryType": "bitmap", "bitmap": {"data": "AAAA", "origin": [0, 0]}}""", "'data'")]
    [InlineData("""{"classTitle": "cat", "geometryType": "closed_surface_mesh"}""", "is not read")]
    [Trait("Kind", "hostile")]
    public void Says_where_a_file_is_wrong(string item, string reason)
    {
        Project("{\"size\": {\"height\": 16, \"width\": 20}, \"objects\": [\n" + item + "]}");

        var fault = Assert.Throws<InvalidAnnotationException>(() => new SuperviselyReader().Open(_folder.Path).Images.Count());

        Assert.EndsWith("a.png.json", fault.Path, StringComparison.Ordinal);
        Assert.Equal(2, fault.Line);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private void Project(string annotation)
    {
        Directory.CreateDirectory(_folder.File("ds1", "ann"));
        File.WriteAllText(_folder.File("meta.json"), """{"classes": [{"title": "cat", "shape": "any", "color": "#FF0000", "geometry_config": {}}, {"title": "dog", "shape": "any", "color": "#00FF00"}], "tags": []}""");
        File.WriteAllText(_folder.File("ds1", "ann", "a.png.json"), annotation);
    }
}
