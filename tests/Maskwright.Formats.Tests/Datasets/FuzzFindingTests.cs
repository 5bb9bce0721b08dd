using System.IO.Compression;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Datasets;

/// <summary>What the <c>fuzz</c> command of the benchmarks has found, once each.</summary>
[Trait("Kind", "issue")]
public class FuzzFindingTests
{
    private const string Names = """{"images":[{"id":1,"width":4,"height":3,"file_name":"a.png"}],"categories":[{"id":1,"name":"a"}],"annotations":[{"i\ud800":1,"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1]}]}""";

    [Theory]
    [InlineData("coco")]
    [InlineData("lvis")]
    public void A_name_that_escapes_half_a_character_is_refused(string format) =>
        Refused(format, "set.json", Names);

    [Fact]
    public void A_labelme_name_that_escapes_half_a_character_is_refused() =>
        Refused("labelme", "a.json", """{"version":"5.0","shapes":[],"imagePath":"a.png","imageHeight":3,"imageWidth":4,"\ud800":1,"\ud800":2}""");

    [Fact]
    public void A_label_studio_name_that_escapes_half_a_character_is_refused() => Refused("labelstudio", "a.json", """
        [{"id":1,"data":{"image":"a.png"},"annotations":[{"id":1,"result":[{"\ud800":1,"id":"x","type":"rectanglelabels","from_name":"l","to_name":"i","original_width":4,"original_height":3,
        "value":{"\ud800":1,"x":1,"y":1,"width":50,"height":50,"rotation":0,"rectanglelabels":["a"]}}]}]}]
        """);

    [Theory]
    [InlineData("names:\n  1: a\n  1: b\n")]
    [InlineData("names:\n  1: a\n  01: b\n")]
    [InlineData("names: [a, -\u0001?: }")]
    [InlineData("names: [a\n#: [b")]
    public void A_yolo_description_that_is_damaged_is_refused(string text) => Refused("yolo", "data.yaml", text);

    [Theory]
    [InlineData(new byte[] { 0xef, 0xbb, 0xbf, 0x99, 0x3f })]
    [InlineData(new byte[] { 0x3c, 0x00, 0x00, 0x61 })]
    [InlineData(new byte[] { 0x80 })]
    public void Xml_in_no_encoding_is_refused(byte[] content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.xml"), content);

        Assert.Throws<InvalidAnnotationException>(() => ReadAll("cvat", folder.File("a.xml")));
    }

    [Fact]
    public void A_npz_directory_that_miscounts_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (var zip = ZipFile.Open(folder.File("a.npz"), ZipArchiveMode.Create))
        {
            zip.CreateEntry("masks.npy");
        }

        var content = File.ReadAllBytes(folder.File("a.npz"));
        (content[^14], content[^12]) = (9, 9);
        File.WriteAllBytes(folder.File("a.npz"), content);

        Assert.Throws<InvalidAnnotationException>(() => ReadAll("npz", folder.File("a.npz")));
    }

    [Fact]
    public void A_yolo_list_of_images_with_a_null_character_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("data.yaml"), "train: train.txt\nnames:\n  0: a\n");
        File.WriteAllText(folder.File("train.txt"), "images/a\0.png\n");

        var fault = Assert.Throws<InvalidAnnotationException>(() => ReadAll("yolo", folder.File("data.yaml")));

        Assert.Equal(1, fault.Line);
    }

    [Fact]
    public void A_panoptic_picture_with_a_null_character_in_its_name_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a"));
        File.WriteAllText(folder.File("a.json"), """
            {"images": [{"id": 1, "width": 8, "height": 4, "file_name": "a.jpg"}], "categories": [{"id": 1, "name": "a", "isthing": 1}],
             "annotations": [{"image_id": 1, "file_name": "a\u0000.png", "segments_info": [{"id": 5, "category_id": 1}]}]}
            """);

        var fault = Assert.Throws<InvalidImageException>(() => ReadAll("coco-panoptic", folder.File("a.json")));

        Assert.Contains("null character", fault.Message, StringComparison.Ordinal);
    }

    private static void Refused(string format, string name, string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(name), content);

        var fault = Assert.Throws<InvalidAnnotationException>(() => ReadAll(format, folder.File(name)));

        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    private static List<AnnotatedImage> ReadAll(string format, string path) => [.. DatasetFormats.Reader(format)!.Open(path).Images];
}
