using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.LabelMe;
using Maskwright.Formats.Voc;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.Voc;

public sealed class VocTests : IDisposable
{
    private static readonly StructuringElement s_neighbours = StructuringElement.Rectangle(3, 3);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_pixels_and_boxes_and_says_what_lies_beneath()
    {
        var dataset = Dataset(Object(Frame), Object(Box, Dog), Object(Spots, Dog), Object(new MaskShape(Spots.Mask)));

        var (back, losses) = dataset.RoundTrip("voc", _folder.File("out"));

        var image = Assert.Single(back.Images);
        Assert.Equal(3, image.Objects.Count);
        Assert.Equal(Box, image.Objects[1].Shape);
        Assert.Equal(1, losses[LossKind.ObjectsDropped]);
        Assert.Equal(1, losses[LossKind.OverlapsResolved]);
        Assert.InRange(losses.WorstIou ?? 1, 0.5, 0.99);
    }

    [Fact]
    public void Writes_the_palette_and_the_files_of_the_development_kit()
    {
        var dataset = Dataset(Object(Frame), Object(Spots, Dog)) with { Images = [new AnnotatedImage("a.png", Size, [Object(Frame), Object(Triangle, new(3, LabelMeReader.Ignored))]) { Split = "val" }], Categories = [Cat, Dog, new(3, LabelMeReader.Ignored)] };

        var losses = new VocWriter().Write(dataset, _folder.File("out"));

        var png = File.ReadAllBytes(_folder.File("out", "SegmentationClass", "a.png"));
        Assert.Equal([8, 3], png[24..26]);
        Assert.Contains("PLTE", System.Text.Encoding.Latin1.GetString(png), StringComparison.Ordinal);
        var classes = MaskImageReader.ReadLabels(_folder.File("out", "SegmentationClass", "a.png"));
        Assert.Equal([0, 1, 255], classes.Labels.ToArray().Distinct().Order());
        Assert.Equal("a\n", File.ReadAllText(_folder.File("out", "ImageSets", "Segmentation", "val.txt")));
        Assert.Equal("# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:128,0,0::\nbig dog:0,128,0::\n", File.ReadAllText(_folder.File("out", "labelmap.txt")));
        Assert.Contains("<xmin>3</xmin>", File.ReadAllText(_folder.File("out", "Annotations", "a.xml")), StringComparison.Ordinal);
        Assert.Equal(1, losses[LossKind.ObjectsDropped]);
    }

    [Fact]
    public void Reads_label_images_in_colour_by_the_label_map()
    {
        Directory.CreateDirectory(_folder.File("SegmentationClass"));
        Directory.CreateDirectory(_folder.File("SegmentationObject"));
        File.WriteAllText(_folder.File("labelmap.txt"), "# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:1,2,3::\ndog:9,9,9::\n");
        ImageWriter.WritePng(new Maskwright.Images.RgbImage(3, 1, [0, 0, 0, 9, 9, 9, 1, 2, 3]), _folder.File("SegmentationClass", "a.png"));
        ImageWriter.WritePng(new Maskwright.Images.RgbImage(3, 1, [0, 0, 0, 128, 0, 0, 0, 128, 0]), _folder.File("SegmentationObject", "a.png"));
        ImageWriter.WritePng(new Maskwright.Images.RgbImage(1, 1, [7, 7, 7]), _folder.File("SegmentationClass", "b.png"));

        var dataset = new VocReader().Open(_folder.Path);

        Assert.Equal(["dog", "cat"], dataset.Images.First().Objects.Select(item => item.Category.Name));
        Assert.Contains("the colour #070707 at column 0, row 0", Assert.Throws<InvalidAnnotationException>(() => dataset.Images.Count()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<annotation><size><width>20</width><height>sixteen</height></size></annotation>", 1, "'sixteen', not a whole number")]
    [InlineData("<annotation>\n<object><name>cat</name></object>\n</annotation>", 2, "<object> has no <bndbox>")]
    [InlineData("<annotation>\n<object>\n", 3, "not XML")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><annotation>&x;</annotation>", 1, "document type")]
    [InlineData("<a/>", 1, "not <annotation>")]
    [InlineData("<annotation><object><name>cat</name><bndbox><xmin>9</xmin><ymin>1</ymin><xmax>2</xmax><ymax>NaN</ymax></bndbox></object></annotation>", 1, "'NaN', not a finite number")]
    [Trait("Kind", "hostile")]
    public void Says_where_a_file_is_wrong(string xml, long line, string reason)
    {
        Directory.CreateDirectory(_folder.File("Annotations"));
        File.WriteAllText(_folder.File("Annotations", "a.xml"), xml);

        var fault = Assert.Throws<InvalidAnnotationException>(() => new VocReader().Open(_folder.Path));

        Assert.Equal(_folder.File("Annotations", "a.xml"), fault.Path);
        Assert.Equal(line, fault.Line);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Refuses_towers_of_elements()
    {
        Directory.CreateDirectory(_folder.File("Annotations"));
        File.WriteAllText(_folder.File("Annotations", "a.xml"), "<annotation>" + string.Concat(Enumerable.Repeat("<a>", 100_000)));

        Assert.Throws<InvalidAnnotationException>(() => new VocReader().Open(_folder.Path));
    }

    [Fact]
    public void An_object_of_two_classes_is_a_fault()
    {
        var losses = new VocWriter().Write(Dataset(Object(Frame)), _folder.File("out"));
        var labels = MaskImageReader.ReadLabels(_folder.File("out", "SegmentationClass", "a.png"));
        labels.Row(11)[11] = 2;
        Formats.Labels.LabelImageWriter.Write(labels, 255, _folder.File("out", "SegmentationClass", "a.png"), withPalette: true);

        var fault = Assert.Throws<InvalidAnnotationException>(() => new VocReader().Open(_folder.File("out")).Images.Count());

        Assert.Equal(1, losses.Objects);
        Assert.Contains("class 1 and of class 2, there at column 11, row 11", fault.Message, StringComparison.Ordinal);
    }

    /// <remarks>LabelMe draws with Pillow, which colours the pixels under the outline too; its masks are up to a pixel wider than COCO's.</remarks>
    [Fact]
    [Trait("Kind", "parity")]
    public void The_same_photos_in_three_formats_agree()
    {
        var folder = Goldens.Data("formats", "labelme", "instance_segmentation");
        var labelMe = new LabelMeReader().Open(Path.Combine(folder, "data_annotated"));
        var voc = new VocReader().Open(Path.Combine(folder, "data_dataset_voc"));
        var coco = new CocoInstancesReader().Open(Path.Combine(folder, "data_dataset_coco", "annotations.json"));
        var vocImages = voc.Images.ToDictionary(image => Path.GetFileName(image.FileName));
        var cocoImages = coco.Images.ToDictionary(image => Path.GetFileName(image.FileName));

        Assert.Equal(20, voc.Categories.Count);
        foreach (var image in labelMe.Images)
        {
            var objects = image.Objects.Where(item => !item.IsIgnored).ToList();
            var others = cocoImages[image.FileName].Objects;
            Assert.Equal(objects.Select(item => item.Category.Name), others.Select(item => item.Category.Name));
            Assert.Equal(objects.Select(item => item.Shape.ToMask(image.Size)), others.Select(item => item.Shape.ToMask(image.Size)));
            AgreeAsPainted(image, vocImages[image.FileName]);
        }
    }

    // Objects are painted in order; the pixels that both readings show must be nearly the same.
    private static void AgreeAsPainted(AnnotatedImage drawn, AnnotatedImage painted)
    {
        var masks = drawn.Objects.Select(item => item.Shape.ToMask(drawn.Size)).ToList();
        for (var i = 0; i < masks.Count - 1; i++)
        {
            masks[i] = masks[i].Except(RunLengthMask.Union(masks.Skip(i + 1)));
        }

        var shown = drawn.Objects.Zip(masks).Where(entry => !entry.First.IsIgnored && entry.Second.Area > 0).ToList();
        Assert.Equal(shown.Select(entry => entry.First.Category.Name), painted.Objects.Select(item => item.Category.Name));
        foreach (var (mask, item) in shown.Select(entry => entry.Second).Zip(painted.Objects))
        {
            var frame = new Geometry.ImageSize(drawn.Size.Width + 4, drawn.Size.Height + 4); // the image's edges wear off as well
            var (ours, theirs) = (mask.PlaceIn(frame, 2, 2).ToBinaryMask(), item.Shape.ToMask(painted.Size).PlaceIn(frame, 2, 2));
            Assert.Equal(0, theirs.Except(RunLengthMask.FromMask(Dilation.Apply(ours, s_neighbours))).Area);
            Assert.Equal(0, RunLengthMask.FromMask(Erosion.Apply(ours, s_neighbours, iterations: 2)).Except(theirs).Area);
        }
    }
}
