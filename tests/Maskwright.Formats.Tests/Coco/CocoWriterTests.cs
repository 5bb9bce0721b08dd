using System.Text.Json;
using Maskwright.Formats.Coco;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Coco;

public sealed class CocoWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_images_annotations_and_categories()
    {
        var path = new CocoWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square))[0];

        Assert.Equal(_folder.File("cat.coco.json"), path);
        Assert.Equal(
            """{"annotations":[{"id":1,"image_id":1,"category_id":1,"segmentation":{"size":[4,6],"counts":"5220007"},"area":6,"bbox":[1,1,3,2],"iscrowd":0,"predicted_iou":0.9,"stability_score":0.5}],"images":[{"id":1,"width":6,"height":4,"file_name":"cat.jpg"}],"categories":[{"id":1,"name":"object","supercategory":"object"}]}""",
            File.ReadAllText(path));
    }

    [Fact]
    public void Numbers_annotations_over_all_images()
    {
        var images = new[] { "a.jpg", "b.jpg" }.Select(name => new CocoImage(name, SampleMasks.Photo.Size, [SampleMasks.Square, SampleMasks.Ring]));

        CocoWriter.Write(images, _folder.File("all.json"));

        using var json = JsonDocument.Parse(File.ReadAllText(_folder.File("all.json")));
        var annotations = json.RootElement.GetProperty("annotations").EnumerateArray().ToArray();
        Assert.Equal([1, 2, 3, 4], annotations.Select(annotation => annotation.GetProperty("id").GetInt32()));
        Assert.Equal([1, 1, 2, 2], annotations.Select(annotation => annotation.GetProperty("image_id").GetInt32()));
        Assert.Equal(2, json.RootElement.GetProperty("images").GetArrayLength());
    }

    [Fact]
    public void Gives_each_label_a_category()
    {
        CocoWriter.Write([SampleMasks.Square with { Label = "cat" }, SampleMasks.Ring, SampleMasks.Ring with { Label = "cat" }], _folder.File("c.json"));

        using var json = JsonDocument.Parse(File.ReadAllText(_folder.File("c.json")));
        var annotations = json.RootElement.GetProperty("annotations").EnumerateArray();
        Assert.Equal([2, 1, 2], annotations.Select(annotation => annotation.GetProperty("category_id").GetInt32()));
        var categories = json.RootElement.GetProperty("categories").EnumerateArray();
        Assert.Equal(["object", "cat"], categories.Select(category => category.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_compressed_mask_reads_back_whatever_characters_it_has()
    {
        var random = new Random(3);
        var noise = new BinaryMask(300, 200);
        for (var i = 0; i < 20_000; i++)
        {
            noise[random.Next(300), random.Next(200)] = true;
        }

        var mask = RunLengthMask.FromMask(noise);
        CocoWriter.Write([new MaskProposal(mask, double.NaN)], _folder.File("n.json"));

        using var json = JsonDocument.Parse(File.ReadAllText(_folder.File("n.json")));
        var annotation = json.RootElement.GetProperty("annotations")[0];
        Assert.Equal(mask, RunLengthMask.FromCocoString(mask.Size, annotation.GetProperty("segmentation").GetProperty("counts").GetString()));
        Assert.Equal(JsonValueKind.Null, annotation.GetProperty("predicted_iou").ValueKind);
        Assert.False(annotation.TryGetProperty("stability_score", out _));
    }

    [Fact]
    public void A_fault_on_the_way_leaves_no_file()
    {
        var images = new[] { SampleMasks.Photo.Size, new Maskwright.Geometry.ImageSize(7, 7) }.Select(size => new CocoImage("a", size, [SampleMasks.Square]));

        Assert.Throws<ArgumentException>(() => CocoWriter.Write(images, _folder.File("bad.json")));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Sa1b_has_one_image_with_the_number_of_its_name()
    {
        var request = SampleMasks.Request(_folder.Path, SampleMasks.Square) with { ImagePath = "sa_223750.jpg" };

        var path = new Sa1bWriter().Write(request)[0];

        Assert.Equal(
            """{"image":{"image_id":223750,"width":6,"height":4,"file_name":"sa_223750.jpg"},"annotations":[{"id":1,"segmentation":{"size":[4,6],"counts":"5220007"},"area":6,"bbox":[1,1,2,1],"predicted_iou":0.9,"point_coords":[[2,1.5]],"stability_score":0.5,"crop_box":[0,0,6,4]}]}""",
            File.ReadAllText(path));
    }
}
