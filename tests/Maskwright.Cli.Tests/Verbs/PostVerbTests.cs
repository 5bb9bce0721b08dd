using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Formats.Npy;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

public class PostVerbTests
{
    private const string Art = """
        ............
        .#####...#..
        .#...#......
        .#.#.#......
        .#...#..###.
        .#####..###.
        ............
        """;

    [Fact]
    public void A_mask_image_comes_back_as_a_mask_image()
    {
        using var run = new ToolRun();
        WriteMask(run.File("mask.png"));

        var code = run.Run("post", "@mask.png", "--step", "fill-holes:9", "--step", "largest", "-o", "@out");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(["mask.png"], run.Files("out"));
        Assert.Equal(25, MaskImageReader.ReadMask(run.File("out", "mask.png")).Area());
        Assert.Equal([0, 255], MaskImageReader.ReadLabels(run.File("out", "mask.png")).Labels.ToArray().Distinct().Order());
        Assert.Contains("@mask.png: 1 mask, now 1 -> @out", run.Output, StringComparison.Ordinal);
        Assert.Contains("fill-holes:9  1      1        0        0      8             0               1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_keep_their_numbers_and_parts_get_new_ones()
    {
        using var run = new ToolRun();
        var labels = new LabelMap(new ImageSize(12, 3), [.. Enumerable.Range(0, 36).Select(i => i % 12 is 1 or 2 or 9 ? 7 : i % 12 is 5 or 6 ? 300 : 0)]);
        ImageWriter.WritePng(labels, run.File("labels.png"));
        LabelTiff.Write(labels, run.File("labels.tif"));

        var code = run.Run("post", "@labels.png", "@labels.tif", "--step", "split", "-o", "@out", "--quiet");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Empty(run.Output);
        foreach (var file in run.Files("out"))
        {
            Assert.Equal([0, 7, 7, 0, 0, 300, 300, 0, 0, 301, 0, 0], MaskImageReader.ReadLabels(run.File("out", file)).Row(1).ToArray());
        }

        Assert.Equal(["labels.png", "labels.tif"], run.Files("out"));
    }

    [Fact]
    public void A_data_set_is_written_in_its_own_form_and_untouched_objects_stay_as_they_were()
    {
        using var run = new ToolRun();
        WriteDataset(run.File("set.json"));

        var code = run.Run("post", "@set.json", "--step", "fill-holes", "-o", "@clean.json", "--json");

        Assert.Equal(ExitCode.Ok, code);
        var (before, after) = (Objects(run.File("set.json")), Objects(run.File("clean.json")));
        Assert.Equal(before.Select(item => (item.Id, item.Category.Name, item.IsCrowd)), after.Select(item => (item.Id, item.Category.Name, item.IsCrowd)));
        Assert.Equal(before[1].Shape, after[1].Shape);
        Assert.Equal(before[2].Shape, after[2].Shape);
        Assert.Equal(25 + 1 + 6, after[0].Shape.ToMask(new ImageSize(12, 7)).Area);
        var line = JsonDocument.Parse(run.OutputLines.Single()).RootElement;
        Assert.Equal("done", line.GetProperty("status").GetString());
        Assert.Equal(2, line.GetProperty("masks_before").GetInt32());
        Assert.Equal(8, line.GetProperty("steps")[0].GetProperty("pixels_added").GetInt32());
        Assert.Equal("object 1 of a.png", line.GetProperty("steps")[0].GetProperty("worst_mask").GetString());
    }

    [Fact]
    public void Arrays_come_back_as_arrays()
    {
        using var run = new ToolRun();
        var mask = AsciiMask.Parse(Art);
        bool[] bits = [.. Enumerable.Range(0, 84).Select(i => mask[i % 12, i / 12])];
        NpyWriter.Write<bool>(run.File("stack.npy"), (bool[])[.. bits, .. bits], [2, 7, 12]);
        NpyWriter.Write<bool>(run.File("one.npy"), bits, [7, 12]);
        NpyWriter.Write<byte>(run.File("labels.npy"), Array.ConvertAll(bits, bit => (byte)(bit ? 5 : 9)), [7, 12]);

        var code = run.Run("post", "@stack.npy", "@one.npy", "@labels.npy", "--step", "largest", "-o", "@out");

        Assert.Equal(ExitCode.Ok, code);
        var stack = NpyReader.Read(run.File("out", "stack.npy"));
        Assert.Equal([2, 7, 12], stack.Shape);
        Assert.Equal(2 * 16, stack.ToArray<int>().Sum());
        Assert.Equal(16, NpyReader.Read(run.File("out", "one.npy")).ToArray<int>().Sum());
        Assert.Equal(16, NpyReader.Read(run.File("out", "labels.npy")).ToArray<int>().Count(value => value == 5));
    }

    [Fact]
    public void Another_form_is_written_on_request()
    {
        using var run = new ToolRun();
        WriteMask(run.File("mask.png"));

        var code = run.Run("post", "@mask.png", "--step", "split", "--format", "coco", "-o", "@out");

        Assert.Equal(ExitCode.Ok, code);
        var areas = Objects(run.File("out", "mask.json")).Select(item => item.Shape.ToMask(new ImageSize(12, 7)).Area);
        Assert.Equal([1L, 1L, 6L, 16L], areas.Order());
    }

    [Fact]
    public void Steps_that_look_at_the_image_find_it()
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("photos", "a.png"));
        var coarse = new BinaryMask(48, 32);
        for (var i = 0; i < 48 * 32; i++)
        {
            coarse[i % 48, i / 48] = i % 48 is >= 9 and < 38 && i / 48 is >= 6 and < 27;
        }

        ImageWriter.WritePng(coarse, run.File("a.png"));

        foreach (var step in new[] { "refine-cut:6", "refine-crf", "matting:4", "guided-filter" })
        {
            Assert.Equal(ExitCode.Ok, run.Run("post", "@a.png", "--step", step, "--images", "@photos", "-o", "@out", "--overwrite"));
            var area = MaskImageReader.ReadMask(run.File("out", "a.png")).Area();
            Assert.True(Math.Abs(area - (24 * 16)) < Math.Abs(coarse.Area() - (24 * 16)), $"{step}: {area} pixels");
        }
    }

    [Theory]
    [InlineData("there is no step 'opne'; did you mean open?", "post", "@mask.png", "--step", "opne:3")]
    [InlineData("open: 'x' is no size: a whole number, from 1 to 4095", "post", "@mask.png", "--step", "open:x")]
    [InlineData("no step: say what to do with --step", "post", "@mask.png")]
    [InlineData("no input", "post", "--step", "open:3")]
    [InlineData("there is no format 'cocoo'; did you mean coco?", "post", "@mask.png", "--step", "open:3", "--format", "cocoo")]
    [InlineData("contradict", "post", "@mask.png", "--step", "open:3", "--image", "a", "--images", "b")]
    [InlineData("is the input itself", "post", "@mask.png", "--step", "open:3", "-o", "@mask.png")]
    public void A_wrong_command_line_is_explained(string expected, params string[] args)
    {
        using var run = new ToolRun();
        WriteMask(run.File("mask.png"));

        var code = run.Run(args);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_input_does_not_keep_the_others_from_being_done()
    {
        using var run = new ToolRun();
        WriteMask(run.File("mask.png"));
        File.WriteAllText(run.File("broken.png"), "no image");
        File.WriteAllText(run.File("what.json"), "[1,2");

        var code = run.Run("post", "@broken.png", "@missing.png", "@what.json", "@mask.png", "--step", "largest", "-o", "@out");

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Equal(["mask.png"], run.Files("out"));
        Assert.Contains("@broken.png", run.Error, StringComparison.Ordinal);
        Assert.Contains("@missing.png: no such file", run.Error, StringComparison.Ordinal);
        Assert.Contains("@what.json", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("post", "@mask.png", "--step", "largest", "-o", "@out"));
        Assert.Contains("--overwrite replaces it", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("post", "@mask.png", "--step", "refine-crf", "-o", "@other"));
        Assert.Contains("name it with --image", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_of_steps_tells_every_one()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("post", "--list-steps"));
        Assert.All(PostProcessingStep.Known, step => Assert.Contains(step.Usage, run.Output, StringComparison.Ordinal));
        Assert.Equal(ExitCode.Ok, run.Run("post", "--list-steps", "--json"));
        Assert.Equal(PostProcessingStep.Known.Count, JsonDocument.Parse(run.Output).RootElement.GetArrayLength());
    }

    private static void WriteMask(string path) => ImageWriter.WritePng(AsciiMask.Parse(Art), path);

    private static void WriteDataset(string path)
    {
        var (size, thing) = (new ImageSize(12, 7), new DatasetCategory(3, "thing"));
        var crowd = new AnnotatedObject(thing, new MaskShape(RunLengthMask.FromMask(AsciiMask.Parse(Art)))) { Id = 9, IsCrowd = true };
        AnnotatedObject[] objects =
        [
            new(thing, new MaskShape(RunLengthMask.FromMask(AsciiMask.Parse(Art)))) { Id = 4 },
            new(thing, PolygonShape.FromNumbers([[1, 1, 5.5, 1, 5, 6]])) { Id = 6 },
            crowd,
        ];
        DatasetFormats.Writer("coco")!.Write(new AnnotatedDataset([thing], [new AnnotatedImage("a.png", size, objects) { Id = 1 }]), path);
    }

    private static IReadOnlyList<AnnotatedObject> Objects(string path) => DatasetFormats.Reader("coco")!.Open(path).Images.Single().Objects;
}
