using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs.Evaluate;

/// <summary>The field's own numbers, through the command line.</summary>
[Trait("Kind", "parity")]
public sealed class EvaluateReferenceTests
{
    [Theory]
    [InlineData("segm", "mask", false)]
    [InlineData("bbox", "box", false)]
    [InlineData("segm", "mask", true)]
    public void Hundred_COCO_images_have_the_twelve_numbers_of_the_official_evaluator(string kind, string type, bool isAgnostic)
    {
        var folder = Goldens.Data("metrics", "coco", "faster_coco_eval", "dataset", "cocoapi");
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Goldens.Data("metrics", "coco", "reference", "cocoeval_stats.json")));
        var expected = reference.RootElement.GetProperty(isAgnostic ? "segm_useCats0" : kind).GetProperty("stats");
        using var run = new ToolRun();

        var code = run.Run([
            "evaluate", "coco", Path.Combine(folder, "instances_val2014_100.json"), Path.Combine(folder, $"instances_val2014_fake{kind}100_results.json"),
            "--type", type, "--json", "@s.json", "--resamples", "20", .. isAgnostic ? (string[])["--class-agnostic"] : []]);

        Assert.Equal(ExitCode.Ok, code);
        AssertNumbers(expected, new ScoreFile(run.File("s.json")).Values());
    }

    [Theory]
    [InlineData("segm", "mask")]
    [InlineData("bbox", "box")]
    public void Synthetic_scenes_have_the_twelve_numbers_and_those_of_classes(string kind, string type)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Goldens.Open("coco_eval", "ap.json")));
        var outputs = golden.RootElement.GetProperty("outputs");
        using var run = new ToolRun();

        run.Run("evaluate", "coco", Goldens.Open("coco_eval", "gt.json"), Goldens.Open("coco_eval", $"dt_{kind}.json"), "--type", type, "--json", "@s.json", "--resamples", "0");

        var scores = new ScoreFile(run.File("s.json"));
        AssertNumbers(outputs.GetProperty($"{kind}_stats"), scores.Values());
        var classes = scores.Root.GetProperty("models")[0].GetProperty("scores").GetProperty("class").EnumerateArray().Select(row => row.GetProperty("AP").GetProperty("value").GetDouble());
        Assert.All(outputs.GetProperty($"{kind}_per_category_ap").EnumerateObject().Zip(classes), pair => Assert.Equal(pair.First.Value.GetDouble(), pair.Second, 1e-12));
    }

    [Fact]
    public void A_ground_truth_found_whole_has_an_LVIS_score_of_one()
    {
        var truth = Goldens.Data("metrics", "coco", "lvis", "lvis_val_100.json");
        using var run = new ToolRun();
        var annotations = JsonNode.Parse(File.ReadAllBytes(truth))!["annotations"]!.AsArray(); // LVIS has them
        File.WriteAllText(run.File("found.json"), new JsonArray([.. annotations.Select(a => (JsonNode)new JsonObject
        {
            ["image_id"] = a!["image_id"]!.DeepClone(), ["category_id"] = a["category_id"]!.DeepClone(), ["score"] = 0.5, ["segmentation"] = a["segmentation"]!.DeepClone(), ["bbox"] = a["bbox"]!.DeepClone(),
        })]).ToJsonString());

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "coco", truth, "@found.json", "--lvis", "--type", "box", "--json", "@s.json", "--resamples", "10"));

        var scores = new ScoreFile(run.File("s.json"));
        Assert.Equal(13, scores.Values().Length);
        Assert.All((string[])["AP", "AP50", "APf", "AR@300"], measure => Assert.Equal(1, scores.Value(measure), 1e-12));
    }

    // The export leaves out what LabelMe calls __ignore__: six of seven classes are found.
    [Fact]
    public void A_LabelMe_folder_is_a_ground_truth_for_its_own_COCO_export()
    {
        var folder = Goldens.Data("formats", "labelme", "instance_segmentation");
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "coco", Path.Combine(folder, "data_annotated"), Path.Combine(folder, "data_dataset_coco", "annotations.json"), "--json", "@s.json", "--resamples", "0"));

        Assert.Equal(6.0 / 7, new ScoreFile(run.File("s.json")).Value("AP"), 1e-12);
    }

    [Fact]
    public void Synthetic_panoptic_scenes_have_the_numbers_of_panopticapi()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Goldens.Open("panoptic", "pq.json")));
        var expected = golden.RootElement.GetProperty("outputs");
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "panoptic", Goldens.Open("panoptic", "gt.json"), Goldens.Open("panoptic", "pred.json"), "--json", "@s.json", "--resamples", "20"));

        var scores = new ScoreFile(run.File("s.json"));
        foreach (var (name, group) in (ReadOnlySpan<(string, string)>)[("all", "all classes"), ("things", "things"), ("stuff", "stuff")])
        {
            AssertPanoptic(expected.GetProperty(name), scores, "overall", group);
        }

        AssertPanoptic(expected.GetProperty("per_class").GetProperty("1"), scores, "class", "t1");
        AssertPanoptic(expected.GetProperty("per_class").GetProperty("5"), scores, "class", "s1");
    }

    // The reference prints six digits; two of its runs on the same boundaries (tests 3 and 4) differ by up to 0.0005, since its matching is random.
    [Theory]
    [InlineData("test_1", "ucm2")]
    [InlineData("test_2", "png")]
    [InlineData("test_3", "segs")]
    [InlineData("test_4", "segs")]
    public void Five_BSDS_images_have_the_official_boundary_numbers(string test, string predictions)
    {
        var folder = Goldens.Data("metrics", "bsds-quick");
        var official = Numbers(Path.Combine(folder, test, "eval_bdry.txt"));
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "boundaries", Path.Combine(folder, "groundTruth"), Path.Combine(folder, predictions), "--thresholds", "5", "--json", "@s.json", "--resamples", "0"));

        var scores = new ScoreFile(run.File("s.json"));
        Assert.Equal(official[1], scores.Value("ODS recall"), 1e-3);
        Assert.Equal(official[2], scores.Value("ODS precision"), 1e-3);
        Assert.Equal(official[3], scores.Value("ODS"), 5e-4);
        Assert.Equal(official[6], scores.Value("OIS"), 5e-4);
        Assert.Equal(official[7], scores.Value("AP"), 5e-4);
        var items = scores.Root.GetProperty("items");
        AssertRows(Path.Combine(folder, test, "eval_bdry_img.txt"), items.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("best")[0]));
        AssertRows(Path.Combine(folder, test, "eval_bdry_thr.txt"), items.GetProperty("thresholds")[0].EnumerateArray());
    }

    [Theory]
    [InlineData("test_1", "ucm2")]
    [InlineData("test_4", "segs")]
    [InlineData("test_5", "segs")]
    public void Five_BSDS_images_have_the_official_region_numbers(string test, string predictions)
    {
        var folder = Goldens.Data("metrics", "bsds-quick");
        var (cover, agreement) = (Numbers(Path.Combine(folder, test, "eval_cover.txt")), Numbers(Path.Combine(folder, test, "eval_RI_VOI.txt")));
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("evaluate", "regions", Path.Combine(folder, "groundTruth"), Path.Combine(folder, predictions), "--thresholds", "5", "--json", "@s.json", "--resamples", "10"));

        double[] official = [cover[1], cover[2], cover[3], agreement[1], agreement[2], agreement[4], agreement[5]];
        Assert.All(official.Zip(new ScoreFile(run.File("s.json")).Values()), pair => Assert.Equal(pair.First, pair.Second, 6e-6)); // as far as six digits tell
    }

    private static void AssertRows(string file, IEnumerable<JsonElement> measured) => Assert.All(File.ReadLines(file).Select(Row).Zip(measured), pair =>
    {
        Assert.Equal(pair.First[^3], pair.Second.GetProperty("recall").GetDouble(), 2e-3);
        Assert.Equal(pair.First[^2], pair.Second.GetProperty("precision").GetDouble(), 2e-3);
        Assert.Equal(pair.First[^1], pair.Second.GetProperty("f").GetDouble(), 1.5e-3);
    });

    private static void AssertPanoptic(JsonElement expected, ScoreFile scores, string table, string group)
    {
        Assert.Equal(expected.GetProperty("pq").GetDouble(), scores.Value("PQ", table, group), 1e-12);
        Assert.Equal(expected.GetProperty("sq").GetDouble(), scores.Value("SQ", table, group), 1e-12);
        Assert.Equal(expected.GetProperty("rq").GetDouble(), scores.Value("RQ", table, group), 1e-12);
    }

    // Where there is nothing to find the reference prints -1, the report no number.
    private static void AssertNumbers(JsonElement expected, double[] actual)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Length);
        Assert.All(expected.EnumerateArray().Select(e => e.GetDouble()).Zip(actual), pair => Assert.Equal(pair.First, double.IsNaN(pair.Second) ? -1 : pair.Second, 1e-12));
    }

    private static double[] Numbers(string path) => Row(File.ReadLines(path).First());

    private static double[] Row(string line) => [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
}
