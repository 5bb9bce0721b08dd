using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Coco;

/// <summary>Every fault is an error with file, line and column, or, when asked to keep going, one item in the list of what was left out.</summary>
[Trait("Kind", "hostile")]
public sealed class CocoDatasetFaultTests : IDisposable
{
    private const string Head = """{"images":[{"id":1,"width":8,"height":6,"file_name":"a.png"}],"categories":[{"id":3,"name":"cat"}],""";
    private const string Sound = """{"id":99,"image_id":1,"category_id":3,"bbox":[0,0,1,1]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"id":1,"image_id":9,"category_id":3,"bbox":[0,0,1,1]}""", "'image_id' is 9, but there is no such image")]
    [InlineData("""{"id":1,"image_id":1,"category_id":8,"bbox":[0,0,1,1]}""", "'category_id' is 8, but there is no such category")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3}""", "neither 'segmentation' nor 'bbox'")]
    [InlineData("""{"id":1,"category_id":3,"bbox":[0,0,1,1]}""", "'image_id' is missing")]
    [InlineData("""{"id":"x","image_id":1,"category_id":3,"bbox":[0,0,1,1]}""", "'id' is not a whole number")]
    [InlineData("""{"id":99,"image_id":1,"category_id":3,"bbox":[0,0,1,1]}""", "the id 99 stands in 'annotations' twice")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"bbox":[0,0,-1,1]}""", "'bbox' is not left")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":[[1,1,2,2]]}""", "polygon 0 of 'segmentation' has 4 numbers")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":[[1,1,2,2,3,3,4]]}""", "polygon 0 of 'segmentation' has 7 numbers")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":[[1,1,2,1e999,3,3]]}""", "not a finite number")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":[[1,1,2,1e7,3,3]]}""", "10000000 is beyond the coordinates")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":[["NaN",1,2,1,3,3]]}""", "not a finite number")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":[40,9]}}""", "sum to 49")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":[-1,49]}}""", "'counts' holds")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":[4294967296,49]}}""", "'counts' holds")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":[4294967295,4294967295]}}""", "sum to 8589934590")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":{"size":[8,6],"counts":[48]}}""", "the mask is 6x8, but its image is 8x6")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":"~~~"}}""", "damaged at character 1")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":"ooooooooooooooo"}}""", "too long")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"iscrowd":2,"bbox":[0,0,1,1]}""", "'iscrowd' is neither")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"bbox":[0,0,1,1],"attributes":{"a":1},"a":2}""", "'a' stands there twice")]
    [InlineData("""{"id":1,"image_id":1,"category_id":3,"bbox":[0,0,1,1],"name":"\ud800"}""", "not valid Unicode")]
    [InlineData("7", "not an object")]
    public void A_faulty_annotation_is_named_or_left_out(string annotation, string says)
    {
        var path = Write($"{Head}\n\"annotations\":[{Sound},\n  {annotation}]}}");

        var fault = Assert.Throws<InvalidAnnotationException>(() => ReadAll(path));
        var skipped = new List<SkippedItem>();
        var images = ReadAll(path, new DatasetReadOptions { KeepsGoing = true, Skipped = skipped.Add });

        Assert.Equal(3, fault.Line);
        Assert.StartsWith($"{path}, line 3: column 3: entry 1 of 'annotations': ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal(99, Assert.Single(Assert.Single(images).Objects).Id);
        Assert.Equal(fault.Message, Assert.Single(skipped).ToString());
        Assert.True(skipped[0].IsFault);
    }

    [Theory]
    [InlineData("""{"id":1,"width":8,"height":6}""", "the id 1 stands in 'images' twice")]
    [InlineData("""{"width":8,"height":6}""", "'id' is missing")]
    [InlineData("""{"id":2,"width":0,"height":6}""", "0 x 6 is not the size of an image")]
    [InlineData("""{"id":2,"width":100000,"height":100000}""", "is not the size of an image")]
    [InlineData("""{"id":2,"height":6}""", "'width' is missing")]
    [InlineData("""{"id":2,"width":8,"height":6,"file_name":7}""", "'file_name' is not text")]
    public void A_faulty_image_is_named_or_left_out(string image, string says)
    {
        var path = Write($"{{\"images\":[{{\"id\":1,\"width\":8,\"height\":6}},\n{image}],\"categories\":[{{\"id\":3,\"name\":\"cat\"}}],\"annotations\":[{Sound}]}}");

        var fault = Assert.Throws<InvalidAnnotationException>(() => ReadAll(path));
        var skipped = new List<SkippedItem>();
        var images = ReadAll(path, new DatasetReadOptions { KeepsGoing = true, Skipped = skipped.Add });

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, fault.Line);
        Assert.Single(images);
        Assert.Single(skipped);
    }

    [Theory]
    [InlineData("", "the file ends too early")]
    [InlineData("[]", "does not hold one object")]
    [InlineData("{\"images\":[],\"annotations\":[]}", "the list 'categories' is missing")]
    [InlineData("{\"images\":{},\"annotations\":[],\"categories\":[]}", "'images' is not a list")]
    [InlineData("{\"images\":[],\"images\":[],\"annotations\":[],\"categories\":[]}", "'images' stands there twice")]
    [InlineData("{\"images\":[],\"annotations\":[],\"categories\":[]} {", "column 48: not JSON")]
    [InlineData("{\"images\":[],\n\"annotations\":[{\"id\":1,}],\"categories\":[]}", "line 2: column 24: not JSON: a comma stands before a closing bracket")]
    [InlineData("{\"images\":[],\n\"annotations\":[{\"id\":NaN}],\"categories\":[]}", "line 2: column 22: not JSON")]
    [InlineData("{\"images\":[],\"annotations\":[{\"id\":1 ", "the file ends")]
    [InlineData("{\"images\":[],\"annotations\":[{\"id\":1", "column 36: not JSON")]
    public void A_file_that_is_no_such_file_is_refused_even_when_keeping_going(string text, string says)
    {
        var path = Write(text);

        var fault = Assert.Throws<InvalidAnnotationException>(() => ReadAll(path, new DatasetReadOptions { KeepsGoing = true }));

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Line);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var path = Write($"{Head}\"annotations\":[],\"deep\":{new string('[', 100_000)}");

        Assert.Contains("not JSON", Assert.Throws<InvalidAnnotationException>(() => ReadAll(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_without_end_is_refused_before_it_fills_the_memory()
    {
        var path = _folder.File("long.json");
        using (var file = File.Create(path))
        {
            file.Write("{\"annotations\":[{\"id\":\""u8);
            file.SetLength(1L << 30); // a hole in the file: zeros to read, nothing on the disk
        }

        Assert.ThrowsAny<InvalidAnnotationException>(() => ReadAll(path));
        using (var file = File.Create(path))
        {
            var blank = new byte[1 << 20];
            blank.AsSpan().Fill((byte)'1');
            file.Write("{\"annotations\":[["u8);
            for (var i = 0; i < 80; i++)
            {
                file.Write(blank);
            }
        }

        Assert.Contains("longer than 64 MB", Assert.Throws<InvalidAnnotationException>(() => ReadAll(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_categories_of_one_id_are_a_fault()
    {
        var path = Write("""{"images":[],"annotations":[],"categories":[{"id":3,"name":"cat"},{"id":3,"name":"dog"}]}""");

        Assert.Contains("the id 3 stands in 'categories' twice", Assert.Throws<InvalidAnnotationException>(() => ReadAll(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_far_into_a_large_file_has_its_line()
    {
        var sound = string.Concat(Enumerable.Range(100, 40_000).Select(id => $"{{\"id\":{id},\"image_id\":1,\"category_id\":3,\"bbox\":[0,0,1,1]}},\n"));
        var path = Write($"{Head}\"annotations\":[\n{sound}   {{\"id\":1,\"image_id\":1,\"category_id\":3}}]}}");

        var fault = Assert.Throws<InvalidAnnotationException>(() => ReadAll(path));

        Assert.Equal(40_002, fault.Line);
        Assert.Contains("column 4: entry 40000", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"image_id":1,"category_id":3,"bbox":[0,0,1,1]}]""", "the size of image 1 is not known")]
    [InlineData("""[{"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":[48]}}]""", "'score' is missing")]
    [InlineData("""[{"category_id":3,"score":1,"bbox":[0,0,1,1]}]""", "'image_id' is missing")]
    [InlineData("""{"a":1}""", "'results' is not a list")]
    public void Faulty_results_are_named(string text, string says)
    {
        var path = Write(text);

        var fault = Assert.Throws<InvalidAnnotationException>(() => new CocoResultsReader().Open(path, null, TestContext.Current.CancellationToken).Images.ToList());

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"image":{"image_id":7,"width":8,"height":6}}""", "'annotations' is missing")]
    [InlineData("""{"annotations":[]}""", "'image' is missing")]
    [InlineData("""{"image":{"width":8},"annotations":[]}""", "'height' is missing")]
    [InlineData("""{"image":{"width":8,"height":6},"annotations":[{"segmentation":[[0,0,1,0,1,1]]}]}""", "no mask of run lengths")]
    [InlineData("""{"annotations":[{"segmentation":{"size":[6,6],"counts":[36]}}],"image":{"width":8,"height":6}}""", "the mask is 6x6")]
    [InlineData("""{"image":{"width":8,"height":6},"annotations":[{"id":1,"segmentation":{"size":[6,8],"counts":[48]}},{"id":1,"segmentation":{"size":[6,8],"counts":[48]}}]}""", "the id 1 stands there twice")]
    public void Faulty_sa1b_files_are_named(string text, string says)
    {
        var path = Write(text);

        var fault = Assert.Throws<InvalidAnnotationException>(() => new Sa1bReader().Open(path, null, TestContext.Current.CancellationToken).Images.ToList());

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Contains("t.json", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":1,"category_id":3},{"id":2,"category_id":3}""", "no pixel has the colour of segment 2")]
    [InlineData("", "pixels have the colour of segment 1, which the annotation does not list")]
    [InlineData("""{"id":1,"category_id":3},{"id":1,"category_id":3}""", "the segment id 1 stands there twice")]
    [InlineData("""{"id":16777216,"category_id":3}""", "16777216 is not a colour")]
    [InlineData("""{"id":1,"category_id":4}""", "'category_id' is 4")]
    public void Panoptic_segments_must_fit_the_pixels(string segments, string says)
    {
        var category = new DatasetCategory(3, "cat");
        var box = new AnnotatedObject(category, new BoxShape(new Maskwright.Metrics.ObjectBox(0, 0, 2, 2))) { Id = 1 };
        new PanopticWriter().Write(new AnnotatedDataset([category], [new AnnotatedImage("a.png", new(8, 6), [box]) { Id = 1 }]), _folder.File("t.json"), null, TestContext.Current.CancellationToken);
        var path = Write($"{Head}\"annotations\":[{{\"image_id\":1,\"file_name\":\"a.png\",\"segments_info\":[{segments}]}}]}}");

        var fault = Assert.Throws<InvalidAnnotationException>(() => new PanopticReader().Open(path, null, TestContext.Current.CancellationToken).Images.ToList());
        var skipped = new List<SkippedItem>();
        Assert.Single(new PanopticReader().Open(path, new DatasetReadOptions { KeepsGoing = true, Skipped = skipped.Add }, TestContext.Current.CancellationToken).Images);

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(skipped);
    }

    [Fact]
    public void A_missing_panoptic_picture_is_named_or_left_out()
    {
        Directory.CreateDirectory(_folder.File("t"));
        var path = Write($"{Head}\"annotations\":[{{\"image_id\":1,\"file_name\":\"a.png\",\"segments_info\":[]}}]}}");
        var skipped = new List<SkippedItem>();

        Assert.ThrowsAny<IOException>(() => new PanopticReader().Open(path, null, TestContext.Current.CancellationToken).Images.ToList());
        Assert.Single(new PanopticReader().Open(path, new DatasetReadOptions { KeepsGoing = true, Skipped = skipped.Add }, TestContext.Current.CancellationToken).Images);

        Assert.Contains("a.png", Assert.Single(skipped).Reason, StringComparison.Ordinal);
    }

    private static List<AnnotatedImage> ReadAll(string path, DatasetReadOptions? options = null) =>
        [.. new CocoInstancesReader().Open(path, options, TestContext.Current.CancellationToken).Images];

    private string Write(string text)
    {
        File.WriteAllText(_folder.File("t.json"), text);
        return _folder.File("t.json");
    }
}
