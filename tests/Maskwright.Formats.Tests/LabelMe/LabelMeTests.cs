using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.LabelMe;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.LabelMe;

public sealed class LabelMeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_polygons_corner_by_corner_and_everything_else_pixel_by_pixel()
    {
        var dataset = Dataset(Object(Triangle), Object(TwoParts, Dog), Object(Frame), Object(Box, Dog), Object(Spots));

        var (back, losses) = dataset.RoundTrip("labelme", Path.Combine(_folder.Path, "out"));

        var image = Assert.Single(back.Images);
        SameObjects(dataset.Images.First(), image);
        Assert.Equal(Triangle, image.Objects[0].Shape);
        Assert.Equal(TwoParts, image.Objects[1].Shape);
        Assert.Equal(Box, image.Objects[3].Shape);
        Assert.Equal(1, losses[LossKind.PolygonsRasterised]);
        Assert.Equal(1, losses.WorstIou);
        Assert.Equal(["cat", "big dog"], back.Categories.Select(category => category.Name));
    }

    [Fact]
    public void Keeps_scores_flags_and_attributes()
    {
        var attributes = DatasetAttributes.Empty.With("description", "a note").With("truncated", true).With("age", 3L).With("weight", 2.0).With("name", "Tom");
        var dataset = Dataset(Object(Triangle) with { Score = 0.25, IsIgnored = true, Attributes = attributes });

        var (back, losses) = dataset.RoundTrip("labelme", Path.Combine(_folder.Path, "out"));

        var item = Assert.Single(Assert.Single(back.Images).Objects);
        Assert.Equal(0.25, item.Score);
        Assert.True(item.IsIgnored);
        Assert.Equal(attributes, item.Attributes);
        Assert.True(losses.IsLossless, losses.Summary);
    }

    [Fact]
    public void Reads_every_shape_of_the_program_and_passes_over_lines_and_points()
    {
        var passedOver = new List<SkippedItem>();
        var path = Write("a.json", """
            {"version": "5.4.1", "flags": {"day": true}, "shapes": [
              {"label": "cat", "points": [[1, 1], [5, 1], [5, 5]], "group_id": 3, "shape_type": "polygon", "flags": {}},
              {"label": "dog", "points": [[15, 10], [10, 3]], "group_id": 3, "shape_type": "rectangle", "flags": {}},
              {"label": "cat", "points": [[8, 8], [12, 8], [12, 12]], "group_id": 3, "shape_type": "polygon", "flags": {}},
              {"label": "cat", "points": [[10, 8], [10, 11]], "group_id": null, "shape_type": "circle", "flags": {}},
              {"label": "cat", "points": [[0, 0], [9, 9]], "group_id": null, "shape_type": "line", "flags": {}},
              {"label": "cat", "points": [[3, 3]], "group_id": null, "shape_type": "point", "flags": {}}
            ], "imagePath": "..\\photos\\a.jpg", "imageData": null, "imageHeight": 16, "imageWidth": 20}
            """);

        var dataset = new LabelMeReader().Open(path, new DatasetReadOptions { Skipped = passedOver.Add });

        var image = Assert.Single(dataset.Images);
        Assert.Equal("a.jpg", image.FileName);
        Assert.Equal(new FlagValue(true), image.Attributes["day"]);
        Assert.Equal(["cat", "dog", "cat"], image.Objects.Select(item => item.Category.Name));
        Assert.Equal(2, Assert.IsType<PolygonShape>(image.Objects[0].Shape).Parts.Count);
        Assert.Equal(new Metrics.ObjectBox(10, 3, 5, 7), image.Objects[1].Shape.Bounds);
        AsciiMask.Equal(
            AsciiMask.Parse("""
                ....................
                ....................
                ....................
                ....................
                ....................
                ........####........
                .......######.......
                .......######.......
                .......######.......
                .......######.......
                ........####........
                ....................
                ....................
                ....................
                ....................
                ....................
                """),
            image.Objects[2].Shape.ToMask(Size).ToBinaryMask());
        Assert.Equal([6L, 7L], passedOver.Select(item => item.Line));
        Assert.All(passedOver, item => Assert.False(item.IsFault));
    }

    [Theory]
    [InlineData("""{"shapes": [], "imagePath": "a.jpg", "imageHeight": 0, "imageWidth": 20}""", 1, "'imageHeight' is 0")]
    [InlineData("{\"shapes\": [\n{\"label\": \"x\", \"points\": [[1, 1], [2, 2]], \"shape_type\": \"polygon\"}], \"imagePath\": \"a\", \"imageHeight\": 9, \"imageWidth\": 9}", 2, "a polygon of 2 points")]
    [InlineData("{\"shapes\": [\n\n{\"label\": \"x\", \"points\": [[1, 1], [2, 2], [3]], \"shape_type\": \"polygon\"}], \"imagePath\": \"a\", \"imageHeight\": 9, \"imageWidth\": 9}", 3, "is not a pair")]
    [InlineData("{\"shapes\": [{\"label\": 5, \"points\": []}], \"imagePath\": \"a\", \"imageHeight\": 9, \"imageWidth\": 9}", 1, "'label' is not text")]
    [InlineData("{\"shapes\": [{\"label\": \"x\", \"points\": [[0, 0], [3, 3]], \"shape_type\": \"mask\", \"mask\": \"?\"}], \"imagePath\": \"a\", \"imageHeight\": 9, \"imageWidth\": 9}", 1, "not base 64")]
    [InlineData("{\"shapes\": [{\"label\": \"x\", \"points\": [[0, 0], [3, 3]], \"shape_type\": \"star\"}], \"imagePath\": \"a\", \"imageHeight\": 9, \"imageWidth\": 9}", 1, "'star' is unknown")]
    [InlineData("{\"shapes\": [\n", 2, "not JSON")]
    public void Says_where_a_file_is_wrong(string content, long line, string reason)
    {
        var path = Write("a.json", content);

        var fault = Assert.Throws<InvalidAnnotationException>(() => new LabelMeReader().Open(path).Images.Count());

        Assert.Equal(path, fault.Path);
        Assert.Equal(line, fault.Line);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_out_what_is_wrong_when_asked_to_keep_going()
    {
        Write("a.json", """{"shapes": [{"label": "x", "points": [[1, 1]], "shape_type": "polygon"}, {"label": "y", "points": [[1, 1], [4, 1], [4, 4]], "shape_type": "polygon"}], "imagePath": "a.jpg", "imageHeight": 9, "imageWidth": 9}""");
        Write("b.json", "{");
        var skipped = new List<SkippedItem>();

        var dataset = new LabelMeReader().Open(_folder.Path, new DatasetReadOptions { KeepsGoing = true, Skipped = skipped.Add });
        skipped.Clear();
        var image = Assert.Single(dataset.Images);

        Assert.Equal("y", Assert.Single(image.Objects).Category.Name);
        Assert.Equal(["a.json", "b.json"], skipped.Select(item => Path.GetFileName(item.Path)));
    }

    [Fact]
    public void Reads_the_program_s_own_example_of_every_primitive()
    {
        var file = Goldens.Data("formats", "labelme", "primitives", "primitives.json");

        var image = Assert.Single(new LabelMeReader().Open(file).Images);

        Assert.Equal(["rectangle", "circle", "rectangle", "polygon", "octagon"], image.Objects.Select(item => item.Category.Name));
        var octagon = image.Objects[^1].Shape.ToMask(image.Size);
        Assert.Equal(new Geometry.PixelRect(417, 305, 100, 100), octagon.Bounds);
    }

    [Fact]
    public void Refuses_a_folder_with_annotations_of_something_else()
    {
        Write("other.json", "{}");

        var fault = Assert.Throws<IOException>(() => new LabelMeWriter().Write(Dataset(Object(Triangle)), _folder.Path));

        Assert.Contains("other.json", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["other.json"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
