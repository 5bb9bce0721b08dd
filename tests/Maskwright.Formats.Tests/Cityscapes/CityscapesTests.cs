using Maskwright.Datasets;
using Maskwright.Formats.Cityscapes;
using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.Cityscapes;

public sealed class CityscapesTests : IDisposable
{
    private static readonly DatasetCategory s_car = new(26, "car");
    private static readonly DatasetCategory s_road = new(7, "road") { IsThing = false };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_the_labels_of_the_benchmark_and_reads_them_back()
    {
        var whole = new MaskShape(RunLengthMask.FromMask(Everywhere()));
        AnnotatedObject[] objects = [Object(whole, s_road), Object(Triangle, s_car), Object(TwoParts, s_car), Object(Frame, s_car) with { IsCrowd = true }];
        var dataset = new AnnotatedDataset([s_road, s_car], [new AnnotatedImage("train/aachen/aachen_000001_000019_leftImg8bit.png", Size, objects) { Split = "train" }]);

        var (back, _) = dataset.RoundTrip("cityscapes", _folder.File("out"));

        var place = _folder.File("out", "gtFine", "train", "aachen", "aachen_000001_000019_gtFine");
        Assert.Equal([7, 26, 26000, 26001], MaskImageReader.ReadLabels(place + "_instanceIds.png").Labels.ToArray().Distinct().Order());
        Assert.Equal([7, 26], MaskImageReader.ReadLabels(place + "_labelIds.png").Labels.ToArray().Distinct().Order());
        Assert.Contains("\"label\":\"cargroup\"", File.ReadAllText(place + "_polygons.json"), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("out", "labels.csv")));
        var image = Assert.Single(back.Images);
        Assert.Equal("train/aachen/aachen_000001_000019_leftImg8bit.png", image.FileName);
        Assert.Equal([("road", false), ("car", true), ("car", false), ("car", false)], image.Objects.Select(item => (item.Category.Name, item.IsCrowd)));
        Assert.Equal(new IntegerValue(13), s_car.Name == "car" ? image.Objects[1].Category.Attributes["train_id"] : null);
    }

    [Fact]
    public void Reads_polygons_where_there_are_no_label_images()
    {
        Write("gtFine/val/x/x_1_2_gtFine_polygons.json", """
            {"imgHeight": 16, "imgWidth": 20, "objects": [
              {"label": "road", "polygon": [[0, 0], [20, 0], [20, 16], [0, 16]]},
              {"label": "cargroup", "polygon": [[1, 1], [5, 1], [5, 5]]},
              {"label": "car", "polygon": [[1, 1], [5, 1], [5, 5]], "deleted": 1},
              {"label": "license plate", "polygon": [[1, 1], [5, 1], [5, 5]]}]}
            """);

        var image = Assert.Single(new CityscapesReader().Open(_folder.Path).Images);

        Assert.Equal([("road", false), ("car", true), ("license plate", false)], image.Objects.Select(item => (item.Category.Name, item.IsCrowd)));
        Assert.Equal(("val/x/x_1_2_leftImg8bit.png", "val"), (image.FileName, image.Split));
        Assert.Equal(320, image.Objects[0].Shape.ToMask(image.Size).Area);
    }

    [Fact]
    public void Says_what_is_wrong()
    {
        Write("gtFine/val/x/a_gtFine_polygons.json", "{\"imgHeight\": 16, \"imgWidth\": 20, \"objects\": [\n{\"label\": \"unicorn\", \"polygon\": []}]}");
        Directory.CreateDirectory(_folder.File("b", "gtFine", "val", "x"));
        LabelImageWriter.Write(new LabelMap(new(2, 1), [0, 99_0]), 65_535, _folder.File("b", "gtFine", "val", "x", "b_gtFine_instanceIds.png"));

        var polygons = Assert.Throws<InvalidAnnotationException>(() => new CityscapesReader().Open(_folder.Path).Images.Count());
        var labels = Assert.Throws<InvalidAnnotationException>(() => new CityscapesReader().Open(_folder.File("b")).Images.Count());

        Assert.Equal(2, polygons.Line);
        Assert.Contains("'unicorn' does not exist", polygons.Message, StringComparison.Ordinal);
        Assert.Contains("the label 990 is of class 990", labels.Message, StringComparison.Ordinal);
    }

    private static BinaryMask Everywhere()
    {
        var mask = new BinaryMask(Size);
        Formats.Runs.RowMajorRuns.Fill(mask, 0, Size.PixelCount);
        return mask;
    }

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name)) ?? _folder.Path);
        File.WriteAllText(_folder.File(name), content);
    }
}
