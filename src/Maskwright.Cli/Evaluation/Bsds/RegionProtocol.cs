using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Formats.Images;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Bsds;

/// <summary>The BSDS region benchmark: covering, probabilistic Rand index, variation of information.</summary>
/// <param name="files">The images and thresholds.</param>
/// <param name="names">What the predictions are called.</param>
/// <param name="omissions">Told of images that cannot be measured.</param>
internal sealed class RegionProtocol(BerkeleyFiles files, IReadOnlyList<string> names, Omissions omissions)
{
    private static readonly Measure[] s_measures =
    [
        new("covering ODS", "how well regions cover the annotators', at the one threshold that is best for all images"), new("covering OIS", "the same with each image's best threshold"),
        new("covering best", "the same when each annotated region may choose its threshold"),
        new("PRI ODS", "probabilistic Rand index at the best common threshold"), new("PRI OIS", "the same with each image's best threshold"),
        new("VOI ODS", "variation of information in bits at the best common threshold; less is better") { MoreIsBetter = false, IsShare = false },
        new("VOI OIS", "the same with each image's best threshold") { MoreIsBetter = false, IsShare = false },
    ];

    private readonly List<((BerkeleyTruth Truth, IReadOnlyList<string> Predictions) File, RegionCounts[] Counts)> _images = [];

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
            Protocol = "regions",
            Title = $"Regions (BSDS): {string.Join(", ", names)} on {_images.Count} images",
            Layout = new ScoreLayout([new ScoreTable("overall", s_measures, [new ScoreRow("all images", _images.Count)])]),
            Models = [.. names.Select((name, i) => new EvaluatedModel(name, weights => Scores(Benchmark(i, weights))))],
            ItemName = "images",
            ItemCount = _images.Count,
            ItemNames = [.. _images.Select(image => image.File.Truth.Name)],
            Plots = _ => [.. Curves(), Histogram()],
            WorstCases = count => [.. Enumerable.Range(0, names.Count).SelectMany(model => Worst(model, count))],
            Settings = [.. settings, ("thresholds", $"{files.Thresholds.Length}")],
            Items = new JsonArray([.. _images.Select(image => (JsonNode)new JsonObject
            {
                ["image"] = image.File.Truth.Name,
                ["covering_ois"] = new JsonArray([.. image.Counts.Select(c => (JsonNode)c.Covering.Max())]),
                ["pri_ois"] = new JsonArray([.. image.Counts.Select(c => (JsonNode)c.RandIndex.Max())]),
                ["voi_ois"] = new JsonArray([.. image.Counts.Select(c => (JsonNode)c.VariationOfInformation.Min())]),
            })]),
        };
    }

    private RegionCounts[] Measure((BerkeleyTruth Truth, IReadOnlyList<string> Predictions) file, CancellationToken cancellationToken)
    {
        var truth = file.Truth.Read().Select(annotation => annotation.Regions).ToList();
        return [.. file.Predictions.Select(path => Measure(path, truth, cancellationToken))];
    }

    private RegionCounts Measure(string path, List<LabelMap> truth, CancellationToken cancellationToken)
    {
        var regions = BerkeleyPrediction.Read(path, wantsRegions: true).Regions(files.Thresholds);
        return regions[0].Size == truth[0].Size
            ? RegionBenchmark.Measure(regions, truth, cancellationToken)
            : throw new InvalidAnnotationException(path, null, $"is {regions[0].Size}, but its ground truth is {truth[0].Size}");
    }

    private static double[] Scores(RegionBenchmark benchmark)
    {
        var (covering, rand, variation) = (benchmark.Covering, benchmark.RandIndex, benchmark.VariationOfInformation);
        return [covering.Dataset, covering.Image, benchmark.BestCovering, rand.Dataset, rand.Image, variation.Dataset, variation.Image];
    }

    private RegionBenchmark Benchmark(int model, int[] weights)
    {
        var benchmark = new RegionBenchmark(files.Thresholds);
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

    private IEnumerable<Plot> Curves()
    {
        var axis = new PlotAxis("threshold", files.Thresholds[0], Math.Max(files.Thresholds[^1], files.Thresholds[0] + 1e-9));
        var all = names.Select((_, model) => Benchmark(model, Whole)).ToList();
        LinePlot Curve(string name, Func<RegionBenchmark, IReadOnlyList<double>> values, PlotAxis y) => new(
            $"{name} by threshold", "Over all images.", axis, y, [.. all.Select((b, model) => new PlotSeries(null, model, [.. files.Thresholds.Zip(values(b))]) { HasDots = files.Thresholds.Length < 20 })]);
        if (files.Thresholds.Length > 1)
        {
            yield return Curve("Covering", b => b.CoveringByThreshold, PlotAxis.Share("covering"));
            yield return Curve("Rand index", b => b.RandIndexByThreshold, PlotAxis.Share("PRI"));
            yield return Curve("Variation of information", b => b.VariationOfInformationByThreshold, new PlotAxis("bits", 0, Math.Max(0.1, all.Max(b => b.VariationOfInformationByThreshold.Max()) * 1.05)));
        }
    }

    private HistogramPlot Histogram()
    {
        var axis = PlotAxis.Share("best covering of an image");
        return new HistogramPlot("Images by quality", "Share of images.", axis, [.. names.Select((_, model) => HistogramPlot.Bin(_images.Select(image => image.Counts[model].Covering.Max()), axis, 20))]);
    }

    private IEnumerable<WorstCase> Worst(int model, int count)
    {
        var threshold = Benchmark(model, Whole).Covering.Threshold;
        var at = Array.IndexOf(files.Thresholds, threshold);
        foreach (var (file, counts) in _images.OrderBy(image => image.Counts[model].Covering[at]).Take(count))
        {
            var found = BoundaryBenchmark.BoundariesOf(BerkeleyPrediction.Read(file.Predictions[model], wantsRegions: true).Regions(files.Thresholds)[at]);
            var wanted = BoundaryBenchmark.BoundariesOf(file.Truth.Read()[0].Regions);
            var photo = file.Truth.ImagePath is { } path && File.Exists(path) && ImageReader.Identify(path).Size == wanted.Size ? ImageReader.Read(path) : CaseImages.Find(ImageFolder, file.Truth.Name, wanted.Size);
            yield return new WorstCase(names[model], FormattableString.Invariant($"covering {counts[model].Covering[at]:0.000} at the common threshold"), $"{file.Truth.Name}; ground truth of the first annotator", CasePicture.OfLines(photo, wanted, found));
        }
    }
}
