using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Safetensors;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;
using Maskwright.Networks.UNet;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

/// <summary>The verbs for known classes, with real networks that are small and have seen nothing.</summary>
public class ClassVerbTests
{
    private static readonly UNetConfig Network = UNetConfig.Padded with { Width = 4, Depth = 2, ClassCount = 3 };

    private static readonly MaskRcnnConfig Detector = MaskRcnnConfig.ResNet18Small with { ClassCount = 3, ShorterSide = 64, LongerSide = 96, DetectionsPerImage = 4 };

    [Fact]
    public void Label_writes_the_map_the_masks_their_areas_and_a_legend()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));
        WriteNetwork(run.File("net.safetensors"), ["ground", "thing", "other/one"]);

        var code = run.Run("label", "@cup.png", "--model", "@net.safetensors", "--output", "@out", "--tile", "64", "--flip", "--scales", "1,0.5", "--json");

        Assert.True(code == ExitCode.Ok, run.Error);
        using var line = JsonDocument.Parse(run.OutputLines[0]);
        var masks = line.RootElement.GetProperty("masks").EnumerateArray().ToArray();
        Assert.NotEmpty(masks);
        Assert.All(masks, mask => Assert.Contains(mask.GetProperty("label").GetString(), (string[])["ground", "thing", "other/one"]));
        var labels = MaskImageReader.ReadLabels(run.File("out", "cup.classes.png"));
        Assert.All(masks, mask => Assert.Equal(mask.GetProperty("area").GetInt64(), labels.Labels.ToArray().LongCount(l => l == mask.GetProperty("class_number").GetInt32())));
        Assert.Equal("number,name,pixels,share", File.ReadLines(run.File("out", "cup.areas.csv")).First());
        Assert.Equal(1 + masks.Length, File.ReadLines(run.File("out", "cup.areas.csv")).Count());
        Assert.Equal(masks.Length + 3, run.Files("out").Length);
        Assert.True(ImageReader.Identify(run.File("out", "cup.overlay.png")).Size.Width > 48);
    }

    [Fact]
    public void Label_takes_class_names_from_a_file_and_other_formats()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("in", "cup.png"));
        WriteNetwork(run.File("net.safetensors"), ["a", "b", "c"]);
        File.WriteAllText(run.File("names.txt"), "ground\ncup\ntable\n");

        var code = run.Run("label", "@in", "--model", "@net.safetensors", "--classes", "@names.txt", "--format", "coco", "--no-overlay", "--output", "@out");

        Assert.True(code == ExitCode.Ok, run.Error);
        Assert.Equal(["cup.coco.json"], run.Files("out"));
        Assert.Contains("%", run.Output, StringComparison.Ordinal);
        File.WriteAllText(run.File("names.txt"), "one\n");
        Assert.Equal(ExitCode.Usage, run.Run("label", "@in", "--model", "@net.safetensors", "--classes", "@names.txt", "--output", "@out2"));
        Assert.Contains("3 classes, but 1 names", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_tells_how_sure_it_is_of_each_class()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));
        WriteNetwork(run.File("net.safetensors"), ["ground", "thing", "other"]);

        var code = run.Run("label", "@cup.png", "--model", "@net.safetensors", "--format", "class-map,class-probabilities", "--no-overlay", "--output", "@out");

        Assert.True(code == ExitCode.Ok, run.Error);
        Assert.Equal(["cup.classes.png", "cup.probability-0.png", "cup.probability-1.png", "cup.probability-2.png"], run.Files("out"));
        int[][] sure = [.. Enumerable.Range(0, 3).Select(number => MaskImageReader.ReadLabels(run.File("out", $"cup.probability-{number}.png")).Labels.ToArray())];
        var labels = MaskImageReader.ReadLabels(run.File("out", "cup.classes.png")).Labels.ToArray();
        Assert.All(Enumerable.Range(0, labels.Length), i => Assert.InRange(sure[0][i] + sure[1][i] + sure[2][i], 65533, 65537));
        Assert.All(Enumerable.Range(0, labels.Length), i => Assert.InRange(sure[labels[i]][i], sure.Max(plane => plane[i]) - 1, 65535));
    }

    [Fact]
    public void Label_finds_probabilities_of_an_earlier_run_before_it_begins()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));
        WriteNetwork(run.File("net.safetensors"), ["ground", "thing", "other"]);
        string[] command = ["label", "@cup.png", "--model", "@net.safetensors", "--format", "class-probabilities", "--no-overlay", "--output", "@out"];

        Assert.Equal(ExitCode.Ok, run.Run(command));
        Assert.Equal(ExitCode.Ok, run.Run([.. command, "--skip-existing"]));
        Assert.Contains("is there already", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.SomeInputsFailed, run.Run(command));
    }

    [Fact]
    public void Instances_writes_coco_and_an_overlay()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));
        WriteDetector(run.File("net.safetensors"));

        var code = run.Run("instances", "@cup.png", "--model", "@net.safetensors", "--score-thresh", "0", "--max-objects", "2", "--box-nms-thresh", "0.4", "--output", "@out");

        Assert.True(code == ExitCode.Ok, run.Error);
        Assert.Equal(["cup.coco.json", "cup.overlay.png"], run.Files("out"));
        using var coco = JsonDocument.Parse(File.ReadAllBytes(run.File("out", "cup.coco.json")));
        Assert.InRange(coco.RootElement.GetProperty("annotations").GetArrayLength(), 1, 2);
        Assert.Matches("@cup.png: . masks? in ", run.Output);
    }

    [Theory]
    [InlineData("label", "deeplabv3-resnet50", "curl -LO https://download.pytorch.org/models/deeplabv3_resnet50_coco-cd0a2569.pth")]
    [InlineData("instances", "mask-rcnn-resnet50-fpn-v2", "maskrcnn_resnet50_fpn_v2_coco-73cbd019.pth")]
    [InlineData("label", "classic", "classic: knows no classes")]
    public void A_model_without_weights_says_how_to_get_them(string verb, string model, string advice)
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.Model, run.Run(verb, "@cup.png", "--model", model, "--output", "@out"));
        Assert.Contains(advice, run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, run.Run("models", "info", model));
    }

    [Theory]
    [InlineData("label", "--scales", "1,x")]
    [InlineData("label", "--tile", "8")]
    [InlineData("label", "--overlap", "1.5")]
    [InlineData("instances", "--score-thresh", "2")]
    [InlineData("instances", "--max-objects", "0")]
    [InlineData("label", "--format", "amh")]
    [InlineData("label", "--classes", "nowhere.txt")]
    public void Wrong_values_are_named_by_their_options(string verb, string option, string value)
    {
        using var run = new ToolRun { UsesRealModels = true };

        Assert.Equal(ExitCode.Usage, run.Run(verb, "@cup.png", "--model", "x.pth", option, value));
        Assert.Contains(option == "--format" ? "amh" : option, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_model_the_verb_says_which_there_are()
    {
        using var run = new ToolRun { UsesRealModels = true };

        Assert.Equal(ExitCode.Usage, run.Run("label", "@cup.png"));
        Assert.Contains("deeplab-street", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_kind_is_refused()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));
        WriteNetwork(run.File("net.safetensors"), ["a", "b", "c"]);

        Assert.Equal(ExitCode.Model, run.Run("instances", "@cup.png", "--model", "@net.safetensors", "--output", "@out"));
        Assert.Contains("not a Mask R-CNN", run.Error, StringComparison.Ordinal);
        Assert.Contains("maskwright label", run.Error, StringComparison.Ordinal);

        WriteDetector(run.File("det.safetensors"));
        Assert.Equal(ExitCode.Model, run.Run("label", "@cup.png", "--model", "@det.safetensors", "--output", "@out"));
        Assert.Contains("maskwright instances", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_looks_at_parts_mirrored_and_at_several_sizes()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));
        WriteDetector(run.File("det.safetensors"));

        var code = run.Run("instances", "@cup.png", "--model", "@det.safetensors", "--score-thresh", "0", "--tile", "64", "--overlap", "0.5", "--flip", "--scales", "1,0.75", "--output", "@out");

        Assert.True(code == ExitCode.Ok, run.Error);
        Assert.Equal(ExitCode.Usage, run.Run("instances", "@cup.png", "--model", "@det.safetensors", "--tile", "10"));
        Assert.Contains("--tile must be 64 to 16384", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_writes_a_semantic_network_that_gives_the_same_scores()
    {
        using var run = new ToolRun { UsesRealModels = true };
        WriteNetwork(run.File("net.safetensors"), ["a", "b", "c"]);

        Assert.True(run.Run("models", "export", "@net.safetensors", "--output", "@net.onnx") == ExitCode.Ok, run.Error);

        Assert.Contains("classes: a, b, c", run.Output, StringComparison.Ordinal);
        using var weights = WeightFile.Open(run.File("net.safetensors"));
        using var own = new OnnxRuntimeEngine().Load(Network.Build(), weights);
        using var exported = new OnnxRuntimeEngine().Open(run.File("net.onnx"));
        var inputs = new Dictionary<string, Tensor> { ["image"] = Tensor.Of(SyntheticTensor.Input("image", 1, 3, 32, 40), 1, 3, 32, 40) };
        var (wanted, found) = (own.Run(inputs, ["logits"], TestContext.Current.CancellationToken)["logits"], exported.Run(inputs, ["logits"], TestContext.Current.CancellationToken)["logits"]);
        Assert.Equal(wanted.Shape, found.Shape);
        Assert.All(wanted.Floats.Zip(found.Floats), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Export_writes_each_part_of_a_network_of_several()
    {
        using var run = new ToolRun { UsesRealModels = true };
        WriteDetector(run.File("det.safetensors"));

        Assert.True(run.Run("models", "export", "@det.safetensors", "--output", "@det.onnx", "--opset", "20") == ExitCode.Ok, run.Error);
        Assert.True(run.Run("models", "export", "seedling", "--output", "@seed.onnx") == ExitCode.Ok, run.Error);

        foreach (var part in (string[])["det-features", "det-boxes", "det-masks", "seed-encoder", "seed-decoder"])
        {
            using var loaded = new OnnxRuntimeEngine().Open(run.File($"{part}.onnx"));
            Assert.NotEmpty(loaded.OutputNames);
        }
    }

    [Theory]
    [InlineData("classic", "runs no network")]
    [InlineData("@junk.safetensors", "no network that is known")]
    public void Export_refuses_what_is_no_network(string model, string said)
    {
        using var run = new ToolRun { UsesRealModels = true };
        using var junk = WeightFile.FromArrays([("a", [1], [0f])]);
        SafetensorsWriter.Write(run.File("junk.safetensors"), junk.Values, null);

        Assert.NotEqual(ExitCode.Ok, run.Run("models", "export", model, "--output", "@x.onnx"));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(run.File("x.onnx")));
    }

    private static void WriteNetwork(string path, string[] classNames) => Write(path, Network.Build().Parameters, NetworkMetadata.Of(Network, classNames));

    private static void WriteDetector(string path) => Write(path, MaskRcnnGraphs.Parameters(Detector), NetworkMetadata.Of(Detector, ["background", "cup", "spoon"]));

    private static void Write(string path, IReadOnlyList<Parameter> parameters, Dictionary<string, string> metadata)
    {
        using var weights = WeightFile.FromArrays(parameters.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes(), "b", p.Name == "outc.conv.bias" ? 0 : 1))));
        SafetensorsWriter.Write(path, weights.Values, metadata);
    }
}
