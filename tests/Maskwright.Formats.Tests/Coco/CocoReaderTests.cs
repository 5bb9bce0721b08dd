using Maskwright.Formats.Coco;
using Maskwright.Metrics;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Coco;

[Trait("Kind", "hostile")]
public sealed class CocoReaderTests : IDisposable
{
    private const string Images = """{"images":[{"id":1,"width":8,"height":6,"file_name":"a.png"}],"categories":[{"id":3,"name":"cat"}],""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_polygons_run_lengths_and_flags_in_any_order()
    {
        var truth = Read("""
            {"annotations":[
              {"id":5,"image_id":1,"category_id":3,"segmentation":[[1,1,4,1,4,4,1,4]],"area":9.5,"bbox":[1,1,3,3],"iscrowd":0},
              {"id":6,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":[40,8]},"iscrowd":1}],
             "info":{"deep":[[[{}]]]},
             "categories":[{"id":3,"name":"cat","frequency":"r"}],
             "images":[{"id":1,"width":8,"height":6,"neg_category_ids":[4]}]}
            """);

        Assert.Equal(9.5, truth.Objects[0].Area);
        Assert.Equal(9, truth.Objects[0].Mask?.Area);
        Assert.True(truth.Objects[1].IsCrowd);
        Assert.Equal(8, truth.Objects[1].Area);
        Assert.Equal(CategoryFrequency.Rare, truth.Categories[0].Frequency);
        Assert.Equal([4], truth.Images[0].AbsentCategoryIds);
    }

    [Theory]
    [InlineData("{\"id\":1,\"image_id\":9,\"category_id\":3,\"bbox\":[0,0,1,1]}", "image_id' is 9")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":8,\"bbox\":[0,0,1,1]}", "category_id' is 8")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":3}", "neither 'segmentation' nor 'bbox'")]
    [InlineData("{\"id\":1,\"category_id\":3,\"bbox\":[0,0,1,1]}", "'image_id' is missing")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":3,\"bbox\":[0,0,1]}", "'bbox' is not left")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":3,\"segmentation\":[[1,1,2,2]]}", "polygon 0")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":3,\"segmentation\":[[1,1,2,1e999,3,3]]}", "finite")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":3,\"segmentation\":{\"size\":[6,8],\"counts\":[40,9]}}", "sum to 49")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":3,\"segmentation\":{\"size\":[6,8],\"counts\":[-1,49]}}", "'counts' holds")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":3,\"segmentation\":{\"size\":[8,6],\"counts\":[48]}}", "the mask is 6x8")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":3,\"segmentation\":{\"size\":[6,8],\"counts\":\"~~~\"}}", "entry 0")]
    [InlineData("{\"id\":1,\"image_id\":1,\"category_id\":3,\"iscrowd\":2,\"bbox\":[0,0,1,1]}", "'iscrowd'")]
    [InlineData("7", "not an object")]
    public void A_fault_names_file_line_column_and_field(string annotation, string says)
    {
        var fault = Assert.Throws<InvalidAnnotationException>(() => Read($"{Images}\n\"annotations\":[\n  {annotation}]}}"));

        Assert.Equal(3, fault.Line);
        Assert.Contains("column 3", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Contains("t.json", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"images\":[")]
    [InlineData("{\"images\":{}}")]
    [InlineData("{\"images\":[],\"categories\":[]}")]
    [InlineData("{\"images\":[],\"images\":[]}")]
    [InlineData("{\"images\":[{\"id\":1,\"width\":0,\"height\":6}],\"categories\":[],\"annotations\":[]}")]
    [InlineData("{\"images\":[{\"id\":1,\"width\":2,\"height\":6},{\"id\":1,\"width\":2,\"height\":6}],\"categories\":[],\"annotations\":[]}")]
    [InlineData("{\"images\":[],\"categories\":[],\"annotations\":[]} x")]
    [InlineData("{\"images\":[],\"categories\":[],\"annotations\":[]}}")]
    public void What_is_no_ground_truth_is_refused(string text) => Assert.Throws<InvalidAnnotationException>(() => Read(text));

    [Fact]
    public void Malformed_JSON_is_told_by_line_and_column()
    {
        var fault = Assert.Throws<InvalidAnnotationException>(() => Read($"{Images}\n\"annotations\":[\n{{\"id\": nul}}]}}"));

        Assert.Equal(3, fault.Line);
        Assert.Contains("column 11", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_written_as_text_are_the_same_ids()
    {
        var truth = Read(Images + "\"annotations\":[{\"id\":\"7\",\"image_id\":\"1\",\"category_id\":3,\"bbox\":[0,0,1,1]}]}");

        Assert.Equal((7, 1), (truth.Objects[0].Id, truth.Objects[0].ImageId));
    }

    [Fact]
    public void Ids_that_collide_are_refused()
    {
        const string Box = """{"id":1,"image_id":1,"category_id":3,"bbox":[0,0,1,1]}""";

        Assert.Contains("twice", Assert.Throws<InvalidAnnotationException>(() => Read($"{Images}\"annotations\":[{Box},{Box}]}}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_longer_than_the_buffer_is_read_piece_by_piece()
    {
        var boxes = string.Join(",\n", Enumerable.Range(1, 20000).Select(i => $$"""{"id":{{i}},"image_id":1,"category_id":3,"bbox":[0,0,1,{{i}}]}"""));

        var truth = Read($"{Images}\"annotations\":[{boxes}]}}");
        var fault = Assert.Throws<InvalidAnnotationException>(() => Read($"{Images}\"annotations\":[{boxes},\n{{}}]}}"));

        Assert.Equal(20000, truth.Objects.Count);
        Assert.Equal(20000, truth.Objects[^1].Box.Height);
        Assert.Equal(20001, fault.Line);
    }

    [Fact]
    public void Results_are_read_and_their_faults_told()
    {
        var truth = Read($"{Images}\"annotations\":[]}}");
        string File(string text)
        {
            var path = Path.Combine(_folder.Path, "r.json");
            System.IO.File.WriteAllText(path, text);
            return path;
        }

        var results = CocoReader.ReadResults(File("""[{"image_id":1,"category_id":3,"score":0.5,"bbox":[1,2,3,4]}]"""), truth);

        Assert.Equal(12, results[0].Area);
        Assert.Throws<InvalidAnnotationException>(() => CocoReader.ReadResults(File("""[{"image_id":2,"category_id":3,"score":0.5,"bbox":[1,2,3,4]}]"""), truth));
        Assert.Throws<InvalidAnnotationException>(() => CocoReader.ReadResults(File("""[{"image_id":1,"category_id":3,"bbox":[1,2,3,4]}]"""), truth));
        Assert.Throws<InvalidAnnotationException>(() => CocoReader.ReadResults(File("""{"a":1}"""), truth));
    }

    private DetectionTruth Read(string text)
    {
        var path = Path.Combine(_folder.Path, "t.json");
        File.WriteAllText(path, text);
        return CocoReader.ReadInstances(path);
    }
}
