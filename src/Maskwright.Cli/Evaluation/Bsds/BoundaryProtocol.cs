using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Formats.Images;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Bsds;

/// <summary>The BSDS boundary benchmark: ODS, OIS and AP.</summary>
/// <param name="files">The images and thresholds.</param>
/// <param name="names">What the predictions are called.</param>
/// <param name="maxDistance">How far partners may lie apart, as a share of the diagonal.</param>
/// <param name="omissions">Told of images that cannot be measured.</param>
internal sealed class BoundaryProtocol(BerkeleyFiles files, IReadOnlyList<string> names, double maxDistance, Omissions omissions)
{
    private static readonly Measure[] s_measures =
    [
        new("ODS", "F at the one threshold that is best for all images"), new("ODS recall", "recall there"), new("ODS precision", "precision there"),
        new("OIS", "F when each image has its best threshold"), new("AP", "area under the precision-recall curve"),
    ];

    private readonly List<((BerkeleyTruth Truth, IReadOnlyList<string> Predictions) File, BoundaryCounts[][] Counts)> _images = [];

    public string? ImageFolder { get; init; }

    /// <summary>Measures all images.</summary>
    public EvaluationOutcome Outcome(IReadOnlyList<(string Name, string Value)> settings, Action<int> progress, CancellationToken cancellationToken)
    {
        foreach (var file in files.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress(_images.Count);
            omissions.Try(() => _images.Add((file, Measure(file, cancellationToken))));
        }

        if (_images.Count == 0)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, "there is no image to measure");
        }

        return new EvaluationOutcome
        {
            Protocol = "boundaries",
            Title = $"Boundaries (BSDS): {string.Join(", ", names)} on {_images.Count} images",
            Layout = new ScoreLayout([new ScoreTable("overall", s_measures, [new ScoreRow("all images", _images.Count)])]),
            Models = [.. names.Select((name, i) => new EvaluatedModel(name, weights => Scores(i, weights)))],
            ItemName = "images",
            ItemCount = _images.Count,
            ItemNames = [.. _images.Select(image => image.File.Truth.Name)],
            Plots = _ => [Curves(), Histogram()],
            WorstCases = count => [.. Enumerable.Range(0, names.Count).SelectMany(model => Worst(model, count))],
            Settings = [.. settings, ("thresholds", $"{files.Thresholds.Length}"), ("distance of partners", FormattableString.Invariant($"at most {maxDistance} of the diagonal"))],
            Items = Items(),
        };
    }

    private BoundaryCounts[][] Measure((BerkeleyTruth Truth, IReadOnlyList<string> Predictions) file, CancellationToken cancellationToken)
    {
        var truth = file.Truth.Read().Select(annotation => annotation.Boundaries).ToList();
        return [.. file.Predictions.Select(path => Measure(path, truth, cancellationToken))];
    }

    private BoundaryCounts[] Measure(string path, List<BinaryMask> truth, CancellationToken cancellationToken)
    {
        var boundaries = BerkeleyPrediction.Read(path, wantsRegions: false).Boundaries(files.Thresholds);
        return boundaries[0].Size == truth[0].Size
            ? BoundaryBenchmark.Measure(boundaries, truth, maxDistance, cancellationToken)
            : throw new InvalidAnnotationException(path, null, $"is {boundaries[0].Size}, but its ground truth is {truth[0].Size}");
    }

    private double[] Scores(int model, int[] weights)
    {
        var benchmark = Benchmark(model, weights);
        var dataset = benchmark.OptimalDatasetScale;
        return [dataset.F, dataset.Recall, dataset.Precision, benchmark.OptimalImageScale.F, benchmark.AveragePrecision];
    }

    private BoundaryBenchmark Benchmark(int model, int[] weights)
    {
        var benchmark = new BoundaryBenchmark(files.Thresholds);
        for (var i = 0; i < weights.Length; i++)
        {
            for (var n = 0; n < weights[i]; n++)
            {
                benchmark.Add(_images[i].Counts[model]);
            }
        }

        return benchmark;
    }

    private int[] Whole => [.. Enumerable.Repeat(1, _images.Count)];

    private LinePlot Curves() => new(
        "Precision over recall", "One point a threshold.", PlotAxis.Share("recall"), PlotAxis.Share("precision"),
        [.. names.Select((_, model) => new PlotSeries(null, model, [.. Benchmark(model, Whole).Totals.OrderBy(c => c.Recall).Select(c => (c.Recall, c.Precision))]) { HasDots = files.Thresholds.Length < 20 })]);

    private HistogramPlot Histogram()
    {
        var axis = PlotAxis.Share("best F of an image");
        return new HistogramPlot("Images by quality", "Share of images.", axis, [.. names.Select((_, model) => HistogramPlot.Bin(_images.Select(image => image.Counts[model].Max(c => c.F)), axis, 20))]);
    }

    private IEnumerable<WorstCase> Worst(int model, int count)
    {
        var threshold = Benchmark(model, Whole).OptimalDatasetScale.Threshold;
        var nearest = Enumerable.Range(0, files.Thresholds.Length).MinBy(t => Math.Abs(files.Thresholds[t] - threshold));
        foreach (var (file, counts) in _images.OrderBy(image => image.Counts[model][nearest].F).Take(count))
        {
            var found = BerkeleyPrediction.Read(file.Predictions[model], wantsRegions: false).Boundaries(files.Thresholds)[nearest];
            var wanted = file.Truth.Read()[0].Boundaries;
            yield return new WorstCase(names[model], FormattableString.Invariant($"F {counts[model][nearest].F:0.000} at the common threshold"), $"{file.Truth.Name}; ground truth of the first annotator", CasePicture.OfLines(Photo(file.Truth, wanted), wanted, found));
        }
    }

    private RgbImage? Photo(BerkeleyTruth truth, BinaryMask wanted) => truth.ImagePath is { } path && File.Exists(path) && ImageReader.Identify(path).Size == wanted.Size
        ? ImageReader.Read(path)
        : CaseImages.Find(ImageFolder, truth.Name, wanted.Size);

    // What the benchmark's own text files hold: eval_bdry_img and eval_bdry_thr.
    private JsonObject Items() => new()
    {
        ["images"] = new JsonArray([.. _images.Select(image => (JsonNode)new JsonObject
        {
            ["image"] = image.File.Truth.Name,
            ["best"] = new JsonArray([.. image.Counts.Select(counts => (JsonNode)Best(counts))]),
        })]),
        ["thresholds"] = new JsonArray([.. names.Select((_, model) => (JsonNode)new JsonArray([.. files.Thresholds.Zip(Benchmark(model, Whole).Totals).Select(row => (JsonNode)new JsonObject
        {
            ["threshold"] = row.First, ["recall"] = row.Second.Recall, ["precision"] = row.Second.Precision, ["f"] = row.Second.F,
        })]))]),
    };

    private JsonObject Best(BoundaryCounts[] counts)
    {
        var benchmark = new BoundaryBenchmark(files.Thresholds);
        benchmark.Add(counts);
        var score = benchmark.ImageScores[0];
        return new JsonObject { ["threshold"] = score.Threshold, ["recall"] = score.Recall, ["precision"] = score.Precision, ["f"] = score.F };
    }
}
