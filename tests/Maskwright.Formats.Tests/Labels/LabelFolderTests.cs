using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.Labels;

public sealed class LabelFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("label-png")]
    [InlineData("label-tiff")]
    public void Gives_back_what_can_be_seen_and_tells_what_cannot(string format)
    {
        var dataset = Dataset(Object(Frame), Object(Spots, Dog) with { Id = 300 });

        var (back, losses) = dataset.RoundTrip(format, _folder.File("out"));

        var objects = Assert.Single(back.Images).Objects;
        Assert.Equal(["cat", "big dog"], objects.Select(item => item.Category.Name));
        Assert.Equal(Spots, objects[1].Shape);
        Assert.Equal(1, losses[LossKind.OverlapsResolved]);
        Assert.InRange(losses.WorstIou ?? 1, 0.5, 0.999);
    }

    [Fact]
    public void Wide_labels_survive_in_TIFF()
    {
        var labels = new LabelMap(new(3, 2), [0, 1, 65_535, 70_000, 2_000_000_000, 7]);

        LabelTiff.Write(labels, _folder.File("a.tif"));

        Assert.Equal(labels.Labels.ToArray(), MaskImageReader.ReadLabels(_folder.File("a.tif")).Labels.ToArray());
        Assert.Equal(32, ImageReader.Identify(_folder.File("a.tif")).BitsPerSample);
        Assert.Throws<ArgumentException>(() => LabelTiff.Encode(labels, 16));
    }

    [Fact]
    public void A_class_without_a_name_is_a_fault_but_255_is_void()
    {
        Directory.CreateDirectory(_folder.File("classes"));
        File.WriteAllText(_folder.File("classes.txt"), "background\ncat\n");
        ImageWriter.WritePng(new LabelMap(new(3, 1), [0, 1, 255]), _folder.File("classes", "a.png"));
        ImageWriter.WritePng(new LabelMap(new(3, 1), [0, 1, 9]), _folder.File("classes", "b.png"));
        var reader = new LabelFolderReader(LabelFileType.Png);

        Assert.Equal("cat", Assert.Single(reader.Open(_folder.Path).Images.First().Objects).Category.Name);
        Assert.Contains("the class 9 has no name", Assert.Throws<InvalidAnnotationException>(() => reader.Open(_folder.Path).Images.Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_real_folder_of_instances()
    {
        var folder = Goldens.Data("masks", "nuclei-stained", "labels");

        var images = new LabelFolderReader(LabelFileType.Png).Open(folder).Images.Take(5).ToList();

        Assert.All(images, image =>
        {
            var labels = MaskImageReader.ReadLabels(Path.Combine(folder, image.FileName));
            Assert.Equal(labels.Labels.ToArray().Distinct().Count(label => label != 0), image.Objects.Count);
            Assert.Equal(labels.Labels.ToArray().Count(label => label != 0), image.Objects.Sum(item => item.Shape.ToMask(image.Size).Area));
        });
    }
}
