using System.Text.Json;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

public class ConvertVerbTests
{
    private const string Instances = """
        {"images":[{"id":1,"width":8,"height":6,"file_name":"a.png"},{"id":2,"width":8,"height":6,"file_name":"b.png"}],
         "categories":[{"id":3,"name":"cat"},{"id":4,"name":"dog"}],
         "annotations":[
          {"id":5,"image_id":2,"category_id":3,"segmentation":[[1,1,4,1,4,4,1,4]],"area":9,"bbox":[1,1,3,3],"iscrowd":0},
          {"id":6,"image_id":1,"category_id":4,"segmentation":{"size":[6,8],"counts":[7,3,3,1,1,1,3,3,26]},"iscrowd":1}]}
        """;

    [Fact]
    public void Converts_a_data_set_told_by_its_content()
    {
        using var run = WithInput(Instances);

        Assert.Equal(ExitCode.Ok, run.Run("convert", "@in.json", "--to", "coco", "--output", "@out.json"));

        Assert.Equal("@out.json: 2 images, 2 objects, coco to coco", run.OutputLines[0]);
        Assert.Equal("  nothing lost", run.OutputLines[1]);
        Assert.Empty(run.Error);
        using var written = JsonDocument.Parse(File.ReadAllText(run.File("out.json")));
        Assert.Equal(2, written.RootElement.GetProperty("annotations").GetArrayLength());
    }

    [Fact]
    public void Says_what_was_lost_and_where_the_worst_mask_is()
    {
        using var run = WithInput(Instances);

        Assert.Equal(ExitCode.Ok, run.Run("convert", "@in.json", "--to", "lvis", "--shapes", "polygons", "-o", "@out.json"));

        Assert.Equal("  1 hole dropped, 1 mask turned into polygons, 1 crowd flag dropped, worst IoU 0.888", run.OutputLines[1]);
        Assert.Contains("  worst mask: a.png, object 6 (dog)", run.OutputLines);
    }

    [Fact]
    public void Json_is_one_document()
    {
        using var run = WithInput(Instances);

        Assert.Equal(ExitCode.Ok, run.Run("convert", "@in.json", "--to", "coco-results", "-o", "@out.json", "--json"));

        using var json = JsonDocument.Parse(run.Output);
        var loss = json.RootElement.GetProperty("losses").EnumerateArray().ToDictionary(entry => entry.GetProperty("kind").GetString()!, entry => entry.GetProperty("count").GetInt64());
        Assert.Equal(2, loss["scores_made_up"]);
        Assert.Equal(2, loss["category_names_dropped"]);
        Assert.False(json.RootElement.GetProperty("is_lossless").GetBoolean());
        Assert.Equal(0, json.RootElement.GetProperty("skipped_count").GetInt32());
    }

    [Fact]
    public void A_fault_ends_the_work_and_leaves_no_file()
    {
        using var run = WithInput(Instances.Replace("[[1,1,4,1,4,4,1,4]]", "[[1,1,4,1]]", StringComparison.Ordinal));

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("convert", "@in.json", "--to", "coco", "-o", "@out.json"));

        Assert.Equal("maskwright: @in.json, line 4: column 3: entry 0 of 'annotations': polygon 0 of 'segmentation' has 4 numbers; it needs pairs, at least three\n", run.Error);
        Assert.Equal(["in.json"], run.Files());
    }

    [Fact]
    public void Keeping_going_lists_what_was_left_out()
    {
        using var run = WithInput(Instances.Replace("[[1,1,4,1,4,4,1,4]]", "[[1,1,4,1]]", StringComparison.Ordinal));

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("convert", "@in.json", "--to", "coco", "-o", "@out.json", "--keep-going"));

        Assert.StartsWith("maskwright: left out: @in.json, line 4: column 3: entry 0 of 'annotations': polygon 0", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("@out.json: 2 images, 1 object,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Earlier_results_are_kept_unless_told_otherwise()
    {
        using var run = WithInput(Instances);
        File.WriteAllText(run.File("out.json"), "mine");

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("convert", "@in.json", "--to", "coco", "-o", "@out.json"));
        Assert.Contains("--overwrite", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(run.File("out.json")));
        Assert.Equal(ExitCode.Ok, run.Run("convert", "@in.json", "--to", "coco", "-o", "@out.json", "--overwrite"));
    }

    [Fact]
    public void Only_the_named_categories_stay()
    {
        using var run = WithInput(Instances);

        Assert.Equal(ExitCode.Ok, run.Run("convert", "@in.json", "--to", "coco", "-o", "@out.json", "--categories", "dog"));
        Assert.StartsWith("@out.json: 2 images, 1 object,", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, run.Run("convert", "@in.json", "--to", "coco", "-o", "@no.json", "--categories", "dag"));
        Assert.Contains("did you mean dog", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_inputs_become_one_and_shared_ids_need_new_ones()
    {
        using var run = WithInput(Instances);
        File.WriteAllText(run.File("more.json"), Instances.Replace("\"cat\"", "\"cow\"", StringComparison.Ordinal));

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("convert", "@in.json", "@more.json", "--to", "coco", "-o", "@out.json"));
        Assert.Contains("more.json: the image id 1 (a.png) stands in another input as well", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, run.Run("convert", "@in.json", "@more.json", "--to", "coco", "-o", "@out.json", "--renumber"));

        using var written = JsonDocument.Parse(File.ReadAllText(run.File("out.json")));
        Assert.Equal(["cat", "dog", "cow"], written.RootElement.GetProperty("categories").EnumerateArray().Select(category => category.GetProperty("name").GetString()));
        Assert.Equal([1, 2, 3, 4], written.RootElement.GetProperty("annotations").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()));
    }

    [Fact]
    public void Missing_pictures_are_found_when_asked_for()
    {
        using var run = WithInput(Instances);

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("convert", "@in.json", "--to", "coco", "-o", "@out.json", "--check-images", "--images", run.Folder));

        Assert.Equal("maskwright: @a.png: the picture of image 1 does not exist\n", run.Error);
    }

    [Theory]
    [InlineData("there is no format 'cocoa'", "convert", "@in.json", "--to", "cocoa", "-o", "@out.json")]
    [InlineData("there is no format 'cocoa'", "convert", "@in.json", "--from", "cocoa", "--to", "coco", "-o", "@out.json")]
    [InlineData("'--to' is required", "convert", "@in.json", "-o", "@out.json")]
    [InlineData("--simplify must be", "convert", "@in.json", "--to", "coco", "-o", "@out.json", "--simplify", "-1")]
    public void Command_lines_that_cannot_be_followed_are_explained(string says, params string[] words)
    {
        using var run = WithInput(Instances);

        Assert.Equal(ExitCode.Usage, run.Run(words));
        Assert.Contains(says, run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_stopped_conversion_leaves_nothing()
    {
        using var run = WithInput(Instances, new CancellationToken(canceled: true));

        Assert.Equal(ExitCode.Interrupted, run.Run("convert", "@in.json", "--to", "coco", "-o", "@out.json"));
        Assert.Equal(["in.json"], run.Files());
    }

    [Fact]
    public void Every_option_and_format_stands_in_the_guide()
    {
        using var run = new ToolRun();
        var guide = RepositoryFiles.Read("docs", "guide", "formats.md");

        run.Run("convert", "--help");

        var options = run.Output.Split([' ', ',', '\n', '('], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.TrimEnd('.', ':', ';')).Distinct();
        Assert.All(options.Where(option => option.Length > 2), option => Assert.Contains($"`{option}", guide, StringComparison.Ordinal));
        Assert.All(Formats.Datasets.DatasetFormats.Readers, reader => Assert.Contains($"`{reader.FormatName}`", guide, StringComparison.Ordinal));
    }

    private static ToolRun WithInput(string text, CancellationToken token = default)
    {
        var run = new ToolRun { Token = token };
        File.WriteAllText(run.File("in.json"), text);
        return run;
    }
}
