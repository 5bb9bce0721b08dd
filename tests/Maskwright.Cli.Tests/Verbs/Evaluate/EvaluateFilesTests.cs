using Maskwright.Formats.Images;
using Maskwright.Formats.Npy;
using Maskwright.Geometry;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs.Evaluate;

/// <summary>The protocols that compare files of the same names: masks, semantic, video.</summary>
public sealed class EvaluateFilesTests
{
    [Fact]
    public void Two_masks_have_their_overlap_and_distances()
    {
        using var run = new ToolRun();
        Write(run, "t.png", "####.... ####....");
        Write(run, "p.png", "..####.. ..####..");

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "masks", "@t.png", "@p.png", "--json", "@s.json", "--spacing", "2,1"));

        var scores = new ScoreFile(run.File("s.json"));
        Assert.Equal(0.5, scores.Value("Dice"), 12);
        Assert.Equal(1.0 / 3, scores.Value("IoU"), 12);
        Assert.Equal(4, scores.Value("HD"), 12);
    }

    [Fact]
    public void An_empty_prediction_has_no_distance_and_the_report_says_so()
    {
        using var run = new ToolRun();
        Write(run, "t/a.png", "##..");
        Write(run, "p/a.png", "....");

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "masks", "@t", "@p", "--json", "@s.json"));

        Assert.Equal((0, 1), (new ScoreFile(run.File("s.json")).Value("Dice"), new ScoreFile(run.File("s.json")).Value("one empty")));
        Assert.True(double.IsNaN(new ScoreFile(run.File("s.json")).Value("HD95")));
        Assert.Contains("Note: p: in 1 pairs only one side has pixels", run.Output, StringComparison.Ordinal);
        Assert.Equal("Infinity", new ScoreFile(run.File("s.json")).Root.GetProperty("items")[0].GetProperty("HD").GetString());
    }

    [Fact]
    public void Labels_of_volumes_are_measured_one_by_one_with_the_spacing_of_voxels()
    {
        using var run = new ToolRun();
        Directory.CreateDirectory(run.File("t"));
        Directory.CreateDirectory(run.File("p"));
        using (var truth = File.Create(run.File("t", "v.npy")))
        using (var found = File.Create(run.File("p", "v.npy")))
        {
            NpyWriter.Write(truth, (ReadOnlySpan<byte>)[1, 0, 2, 0, 0, 2], 2, 1, 3);
            NpyWriter.Write(found, (ReadOnlySpan<byte>)[0, 0, 2, 1, 0, 2], 2, 1, 3);
        }

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "masks", "@t", "@p", "--by-label", "--spacing", "1,1,5", "--json", "@s.json", "--report", "@r.html"));

        var scores = new ScoreFile(run.File("s.json"));
        Assert.Equal((5, 0), (scores.Value("HD", "label", "1"), scores.Value("HD", "label", "2")));
        Assert.Equal((0, 1), (scores.Value("Dice", "label", "1"), scores.Value("Dice", "label", "2")));
        Assert.Contains("slice", File.ReadAllText(run.File("r.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_have_their_IoU_and_void_does_not_count()
    {
        using var run = new ToolRun();
        WriteLabels(run, "t/a.png", 4, [0, 0, 1, 9]);
        WriteLabels(run, "p/a.png", 4, [0, 1, 1, 0]);
        File.WriteAllLines(run.File("names.txt"), ["0 ground", "1 tree", "2 water"]);

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "semantic", "@t", "@p", "--void", "9", "--classes", "@names.txt", "--json", "@s.json", "--report", "@r.html"));

        var scores = new ScoreFile(run.File("s.json"));
        Assert.Equal((0.5, 0.5, 0.5), (scores.Value("mIoU"), scores.Value("IoU", "class", "ground"), scores.Value("IoU", "class", "tree")));
        Assert.Equal(2.0 / 3, scores.Value("pixel accuracy"), 12);
        Assert.Contains("Confusion", File.ReadAllText(run.File("r.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_label_wrote_is_found_by_what_goes_on_after_its_name_unless_two_files_do()
    {
        using var run = new ToolRun();
        WriteLabels(run, "t/a.png", 4, [0, 0, 1, 1]);
        WriteLabels(run, "p/a.classes.png", 4, [0, 1, 1, 1]);

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "semantic", "@t", "@p", "--json", "@s.json"));
        WriteLabels(run, "p/a.other.png", 4, [0, 0, 1, 1]);
        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", "semantic", "@t", "@p"));

        Assert.Equal(0.75, new ScoreFile(run.File("s.json")).Value("pixel accuracy"), 12);
        Assert.Contains("a.classes.png or", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_this_tool_writes_as_coco_is_ranked_by_its_predicted_iou()
    {
        using var run = new ToolRun();
        string Coco(params string[] objects) =>
            $$"""{"images":[{"id":1,"file_name":"a.png","width":20,"height":10}],"categories":[{"id":3,"name":"cat"}],"annotations":[{{string.Join(",", objects)}}]}""";
        string Square(int id, int x, string more = "") =>
            $$"""{"id":{{id}},"image_id":1,"category_id":3,"iscrowd":0,"area":64,"bbox":[{{x}},1,8,8],"segmentation":[[{{x}},1,{{x + 8}},1,{{x + 8}},9,{{x}},9]]{{more}}}""";
        File.WriteAllText(run.File("t.json"), Coco(Square(1, 1)));
        File.WriteAllText(run.File("p.json"), Coco(Square(1, 11, ",\"predicted_iou\":0.2"), Square(2, 1, ",\"predicted_iou\":0.9")));

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "coco", "@t.json", "@p.json", "--json", "@s.json"));

        Assert.Equal(1, new ScoreFile(run.File("s.json")).Value("AP"), 12);
        File.WriteAllText(run.File("p.json"), Coco(Square(1, 1, ",\"predicted_iou\":0.2")).Replace("\"cat\"", "\"dog\"", StringComparison.Ordinal));
        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", "coco", "@t.json", "@p.json"));
        Assert.Contains("classes that the ground truth lacks: dog; there it is cat", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Membranes_are_scored_by_a_picture_of_each_class_s_probability()
    {
        using var run = new ToolRun();
        WriteLabels(run, "t/a.png", 5, [1, 1, 0, 2, 2]);
        WriteLabels(run, "p/a.probability-0.png", 5, [0, 0, 60, 0, 0]);
        WriteLabels(run, "p/a.probability-1.png", 5, [255, 255, 195, 255, 255]);

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "membranes", "@t", "@p", "--kind", "cells", "--suffix", ".probability-1", "--json", "@s.json"));

        Assert.Equal(1, new ScoreFile(run.File("s.json")).Value("V rand"), 12);
    }

    [Fact]
    public void Membranes_are_scored_by_the_cells_between_them()
    {
        using var run = new ToolRun();
        WriteLabels(run, "t/a.png", 7, [1, 1, 1, 1, 0, 2, 2]);
        WriteLabels(run, "p/a.png", 7, [7, 7, 7, 7, 7, 7, 7]);

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "membranes", "@t", "@p", "--json", "@s.json", "--report", "@r.html"));

        var scores = new ScoreFile(run.File("s.json"));
        Assert.Equal(1, scores.Value("rand split"), 12);
        Assert.Equal(20 / 36.0, scores.Value("rand merge"), 12);
        Assert.Equal(0, scores.Value("V info"), 12);
    }

    [Theory]
    [InlineData("cells")]
    [InlineData("membranes")]
    public void Membranes_that_are_unsure_are_scored_at_the_best_threshold(string kind)
    {
        using var run = new ToolRun();
        WriteLabels(run, "t/a.png", 7, [1, 1, 1, 1, 0, 2, 2]);
        WriteLabels(run, "p/a.png", 7, [.. new[] { 200, 200, 200, 200, 100, 200, 200 }.Select(v => kind == "cells" ? v : 255 - v)]); // merged below a threshold of 0.4

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "membranes", "@t", "@p", "--kind", kind, "--json", "@s.json"));

        Assert.Equal((1, 1), (new ScoreFile(run.File("s.json")).Value("V rand"), new ScoreFile(run.File("s.json")).Value("V info")));
        Assert.Contains("0.4 for V rand", run.Output + File.ReadAllText(run.File("s.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Membranes_of_another_size_or_without_cells_are_named()
    {
        using var run = new ToolRun();
        WriteLabels(run, "t/a.png", 2, [1, 0]);
        WriteLabels(run, "p/a.png", 1, [1, 0]);
        WriteLabels(run, "e/a.png", 2, [0, 0]);

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", "membranes", "@t", "@p"));
        Assert.Contains("its ground truth is", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", "membranes", "@e", "@t"));
        Assert.Contains("has no cell", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Video_objects_are_measured_without_the_given_frame()
    {
        using var run = new ToolRun();
        for (var frame = 0; frame < 4; frame++)
        {
            Write(run, $"t/swan/{frame}.png", "####.... ####.... ####.... ####....");
            Write(run, $"p/swan/{frame}.png", frame == 0 ? "........ ........ ........ ........" : "..####.. ..####.. ..####.. ..####..");
        }

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "video", "@t", "@p", "--json", "@s.json"));
        Assert.Equal(1.0 / 3, new ScoreFile(run.File("s.json")).Value("J mean"), 12);

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "video", "@t", "@p", "--all-frames", "--json", "@s.json"));
        Assert.Equal(0.25, new ScoreFile(run.File("s.json")).Value("J mean"), 12);
    }

    [Fact]
    public void Attributes_of_a_table_become_groups()
    {
        using var run = new ToolRun();
        Write(run, "t/day1.png", "##..");
        Write(run, "p/day1.png", "##..");
        Write(run, "t/night1.png", "##..");
        Write(run, "p/night1.png", ".##.");
        File.WriteAllLines(run.File("g.tsv"), ["image\tlight", "day1.png\tday", "night1\tnight"]);

        // Names with other endings are not known: the table names items or their stems.
        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "masks", "@t", "@p", "--groups", "@g.tsv", "--json", "@s.json"));

        var scores = new ScoreFile(run.File("s.json"));
        Assert.Equal(1.0 / 3, scores.Value("IoU", "light", "night"), 12);
        Assert.Contains("BY LIGHT", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "hostile")]
    [InlineData("masks", "@p: has no file for b")]
    [InlineData("semantic", "@p: has no file for b")]
    public void A_missing_prediction_ends_the_run_unless_it_shall_go_on(string protocol, string reason)
    {
        using var run = new ToolRun();
        WriteLabels(run, "t/a.png", 2, [0, 1]);
        WriteLabels(run, "t/b.png", 2, [0, 1]);
        WriteLabels(run, "p/a.png", 2, [0, 1]);

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", protocol, "@t", "@p"));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", protocol, "@t", "@p", "--keep-going"));
        Assert.Contains($"Note: 1 left out: {reason}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "hostile")]
    [InlineData("masks")]
    [InlineData("semantic")]
    [InlineData("video")]
    public void Other_sizes_broken_files_and_missing_folders_are_clear_faults(string protocol)
    {
        using var run = new ToolRun();
        for (var i = 0; i < 3; i++)
        {
            WriteLabels(run, $"t/{i}.png", 2, [0, 1]);
            WriteLabels(run, $"other/{i}.png", 3, [0, 1, 1]);
            Directory.CreateDirectory(run.File("broken"));
            File.WriteAllText(run.File("broken", $"{i}.png"), "no image");
        }

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", protocol, "@t", "@other"));
        Assert.Contains("3x1", run.Error, StringComparison.Ordinal);
        Assert.Contains("2x1", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", protocol, "@t", "@broken"));
        Assert.Matches("@broken/[01].png", run.Error);
        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", protocol, "@t", "@nowhere"));
        Assert.Contains("@nowhere: there is no such file or folder", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, run.Run("evaluate", protocol, "@t", "@t/0.png"));
    }

    [Theory]
    [Trait("Kind", "hostile")]
    [InlineData("[]", true, "has no detection at all")]
    [InlineData("""[{"image_id":7,"category_id":1,"score":1,"bbox":[0,0,1,1]}]""", false, "no such image")]
    [InlineData("""[{"image_id":1,"category_id":5,"score":1,"bbox":[0,0,1,1]}]""", true, "category that the ground truth lacks (5)")]
    [InlineData("""[{"image_id":1,"category_id":1,"score":1}]""", false, "neither 'segmentation' nor 'bbox'")]
    [InlineData("""[{"image_id":1,""", false, "@r.json")]
    [InlineData("{}", false, "@r.json")]
    [InlineData("", false, "@r.json")]
    public void Results_that_are_empty_strange_or_broken_are_told(string results, bool isDone, string reason)
    {
        using var run = new ToolRun();
        File.WriteAllText(run.File("t.json"), """{"images":[{"id":1,"width":4,"height":4}],"categories":[{"id":1,"name":"cup"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[0,0,2,2],"area":4,"iscrowd":0}]}""");
        File.WriteAllText(run.File("r.json"), results);

        Assert.Equal(isDone ? ExitCode.Ok : ExitCode.SomeInputsFailed, run.Run("evaluate", "coco", "@t.json", "@r.json", "--type", "box"));
        Assert.Contains(reason, isDone ? run.Output : run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Boxes_cannot_be_compared_as_masks()
    {
        using var run = new ToolRun();
        File.WriteAllText(run.File("t.json"), """{"images":[{"id":1,"width":4,"height":4}],"categories":[{"id":1,"name":"cup"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[0,0,2,2],"area":4,"iscrowd":0}]}""");
        File.WriteAllText(run.File("r.json"), "[]");

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", "coco", "@t.json", "@r.json"));
        Assert.Contains("--type box compares boxes", run.Error, StringComparison.Ordinal);
    }

    private static void Write(ToolRun run, string file, string rows)
    {
        var lines = rows.Split(' ');
        WriteLabels(run, file, lines[0].Length, [.. lines.SelectMany(line => line.Select(c => c == '#' ? 1 : 0))]);
    }

    private static void WriteLabels(ToolRun run, string file, int width, int[] labels)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(run.File(file))!); // a file has a folder
        ImageWriter.WritePng(new LabelMap(new ImageSize(width, labels.Length / width), labels), run.File(file));
    }
}
