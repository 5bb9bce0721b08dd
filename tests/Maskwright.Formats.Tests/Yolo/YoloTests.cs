using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Yolo;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.Yolo;

public sealed class YoloTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_every_pixel_and_class()
    {
        var dataset = Dataset(Object(Triangle), Object(TwoParts, Dog), Object(Frame), Object(Box, Dog), Object(Spots));

        var (back, losses) = dataset.RoundTrip("yolo", _folder.File("out"), imageFolder: dataset.Pictures(_folder.File("photos")));

        SameObjects(dataset.Images.First(), Assert.Single(back.Images));
        Assert.Equal([1L, 2L], back.Categories.Select(category => category.Id));
        Assert.Equal(1, losses.WorstIou);
    }

    [Fact]
    public void Ties_holes_and_parts_into_one_outline_when_asked_for_polygons()
    {
        var dataset = Dataset(Object(TwoParts), Object(Frame), Object(Spots));

        var (back, losses) = dataset.RoundTrip("yolo", _folder.File("out"), new DatasetWriteOptions { Shapes = ShapeEncoding.Polygons }, dataset.Pictures(_folder.File("photos")));

        var image = Assert.Single(back.Images);
        SameObjects(dataset.Images.First(), image);
        Assert.All(image.Objects, item => Assert.Single(Assert.IsType<PolygonShape>(item.Shape).Parts));
        Assert.Equal(3, losses[LossKind.PartsMerged]);
        Assert.Equal(1, losses.WorstIou);
    }

    [Fact]
    public void Cuts_polygons_at_the_edges_of_the_image_when_asked_for_polygons()
    {
        var dataset = Dataset(Object(PolygonShape.FromNumbers([[-5, -3, 30, 4, 10, 40]])));
        var photos = dataset.Pictures(_folder.File("photos"));

        var (cut, cutLosses) = dataset.RoundTrip("yolo", _folder.File("cut"), new DatasetWriteOptions { Shapes = ShapeEncoding.Polygons }, photos);
        var (exact, exactLosses) = dataset.RoundTrip("yolo", _folder.File("exact"), imageFolder: photos);

        Assert.True(Assert.Single(cut.Images).Objects[0].Shape.Bounds is { X: >= 0, Y: >= 0 } bounds && bounds.X + bounds.Width <= 20 && bounds.Y + bounds.Height <= 16);
        Assert.Equal(1, cutLosses[LossKind.CoordinatesRounded]);
        Assert.InRange(cutLosses.WorstIou ?? 0, 0.97, 0.9999);
        SameObjects(dataset.Images.First(), Assert.Single(exact.Images));
        Assert.Equal(1, exactLosses[LossKind.PolygonsRasterised]);
    }

    [Fact]
    public void Keeps_splits_and_names_in_folders()
    {
        AnnotatedImage Image(string name, string? split) => new(name, Size, [Object(Triangle)]) { Split = split };
        var dataset = Dataset() with { Images = [Image("train/a.png", "train"), Image("val/a.png", "val"), Image("val/deep/b.png", "val")] };

        var (back, losses) = dataset.RoundTrip("yolo", _folder.File("out"), imageFolder: dataset.Pictures(_folder.File("photos")));

        Assert.Equal(dataset.Images.Select(image => (image.FileName, image.Split)), back.Images.Select(image => (image.FileName, image.Split)));
        Assert.Equal(0, losses[LossKind.FileNamesDropped]);
    }

    [Fact]
    public void Reads_names_that_look_like_something_else()
    {
        var names = new[] { "no", "12", "tv/monitor", "a: b", "", "\"quoted\"", "Straße", "null" };
        var dataset = new AnnotatedDataset([.. names.Select((name, i) => new DatasetCategory(i, name))], []);

        var (back, _) = dataset.RoundTrip("yolo", _folder.File("out"));

        Assert.Equal(names, back.Categories.Select(category => category.Name));
    }

    [Fact]
    public void Reads_rows_of_every_kind()
    {
        Dataset().Pictures(_folder.File("images"));
        Write("labels/a.txt", "0 0.1 0.125 0.5 0.125 0.5 0.5\r\n1 0.5 0.5 0.2 0.25\n\n1.0 0.1 0.125 0.5 0.125 0.5 0.5 0.75\n0 rle 16 20 " + Spots.Mask.ToCocoString() + "\n");
        Write("data.yaml", "path: .\ntrain: images\nval: images\nnc: 2\nnames: [cat, 'big dog']\n");

        var objects = Assert.Single(new YoloReader().Open(_folder.Path).Images).Objects;

        Assert.Equal(["cat", "big dog", "big dog", "cat"], objects.Select(item => item.Category.Name));
        Assert.Equal([2, 2, 10, 2, 10, 8], PolygonPart.ToNumbers(Assert.IsType<PolygonShape>(objects[0].Shape).Parts[0].Outer));
        Assert.Equal(new Metrics.ObjectBox(8, 6, 4, 4), objects[1].Shape.Bounds);
        Assert.Equal(0.75, objects[2].Score);
        Assert.Equal(Spots, objects[3].Shape);
    }

    [Theory]
    [InlineData("0 0.1 0.1 0.2 0.2 0.3 nan", "'nan' is not a finite number")]
    [InlineData("cat 0.1 0.1 0.2 0.2 0.3 0.3", "'cat' is not the number of a class")]
    [InlineData("0 10 20 100 200 30 40", "no fraction")]
    [InlineData("7 0.1 0.1 0.2 0.2 0.3 0.3", "the class 7 has no name")]
    [InlineData("0 0.1 0.1", "a polygon of 1 points")]
    [InlineData("0", "a polygon of 0 points")]
    [InlineData("0 rle 16 20 zzz", "")]
    [InlineData("0 rle 16 21 PP6", "the run lengths are for 21x16, but the image is 20x16")]
    [InlineData("0 rle 16", "not 3 words")]
    public void Says_which_line_is_wrong(string line, string reason)
    {
        Dataset().Pictures(_folder.File("images"));
        Write("labels/a.txt", "0 0.1 0.125 0.5 0.125 0.5 0.5\n" + line + "\n");
        Write("data.yaml", "names:\n  0: cat\n");

        var fault = Assert.Throws<InvalidAnnotationException>(() => new YoloReader().Open(_folder.Path).Images.Count());

        Assert.Equal(_folder.File("labels", "a.txt"), fault.Path);
        Assert.Equal(2, fault.Line);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("names: [a, b", "not YAML")]
    [InlineData("names: 5", "neither a list nor numbered names")]
    [InlineData("names: {x: y}", "no whole number")]
    [InlineData("- a", "not a list of named values")]
    [InlineData("names: {1: a, 01: b}", "class 1 is named twice")]
    [Trait("Kind", "hostile")]
    public void Says_where_the_description_is_wrong(string yaml, string reason)
    {
        Write("data.yaml", yaml);

        var fault = Assert.Throws<InvalidAnnotationException>(() => new YoloReader().Open(_folder.Path));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Line);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Refuses_towers_of_brackets()
    {
        Write("data.yaml", "names: " + new string('[', 100_000));

        Assert.Throws<InvalidAnnotationException>(() => new YoloReader().Open(_folder.Path));
    }

    [Fact]
    public void Reads_a_real_data_set_without_a_description()
    {
        var folder = Goldens.Data("formats", "yolo");

        var dataset = new YoloReader().Open(folder);

        Assert.True(new YoloReader().Recognises(folder));
        var images = dataset.Images.ToList();
        Assert.Equal(["train/000000000009.jpg", "train/000000000025.jpg", "train/000000000030.jpg", "train/000000000034.jpg"], images.Select(image => image.FileName));
        Assert.All(images, image => Assert.Equal("train", image.Split));
        Assert.All(images.SelectMany(image => image.Objects.Select(item => item.Shape.ToMask(image.Size).Area)), area => Assert.True(area > 100));
    }

    private void Write(string name, string content)
    {
        var path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? _folder.Path);
        File.WriteAllText(path, content);
    }
}
