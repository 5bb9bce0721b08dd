using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Formats.Images;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Membranes;

/// <summary>The scores of the ISBI 2012 challenge: the mean over the images at each threshold, and of these the highest.</summary>
/// <param name="files">The images.</param>
/// <param name="names">What the predictions are called.</param>
/// <param name="kind">What a predicted pixel says.</param>
/// <param name="thresholds">Where cells begin; one for label maps.</param>
/// <param name="omissions">Told of files that cannot be measured.</param>
internal sealed class MembraneProtocol(IReadOnlyList<PairedFile> files, IReadOnlyList<string> names, MembraneKind kind, IReadOnlyList<double> thresholds, Omissions omissions)
{
    private static readonly Measure[] s_measures =
    [
        new("V rand", "F of Rand split and merge over true cells, at its best threshold"),
        new("rand split", "share of pairs of one true cell that stay together; less where cells are split"), new("rand merge", "share of pairs put together that belong together; less where cells are merged"),
        new("V info", "F of information split and merge, at its best threshold"),
        new("info split", "shared information over the prediction's own"), new("info merge", "shared information over the truth's"),
    ];

    private readonly List<(PairedFile File, ForegroundRestrictedScore[][] Scores)> _images = [];

    public string? ImageFolder { get; init; }

    /// <summary>Measures all images.</summary>
    public EvaluationOutcome Outcome(IReadOnlyList<(string Name, string Value)> settings, Action<int> progress, CancellationToken cancellationToken)
    {
        foreach (var file in files)
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
            Protocol = "membranes",
            Title = $"Membranes (ISBI 2012): {string.Join(", ", names)} on {_images.Count} images",
            Layout = new ScoreLayout([new ScoreTable("overall", s_measures, [new ScoreRow("all images", _images.Count)]) { Unit = "images" }]),
            Models = [.. names.Select((name, model) => new EvaluatedModel(name, weights => Scores(model, weights)))],
            ItemName = "images",
            ItemCount = _images.Count,
            ItemNames = [.. _images.Select(image => image.File.Name)],
            Plots = _ => [.. Curves(), Histogram()],
            WorstCases = count => [.. Enumerable.Range(0, names.Count).SelectMany(model => Worst(model, count, cancellationToken))],
            Settings = [.. settings, .. Thresholds()],
            Items = Items(),
        };
    }

    private ForegroundRestrictedScore[][] Measure(PairedFile file, CancellationToken cancellationToken)
    {
        var truth = Truth(file, cancellationToken);
        return truth.Labels.ContainsAnyExcept(0)
            ? [.. file.Predictions.Select(path => Measure(truth, path, cancellationToken))]
            : throw new InvalidAnnotationException(file.Truth, null, "has no cell, only membrane (0)");
    }

    private static LabelMap Truth(PairedFile file, CancellationToken cancellationToken) => CellMaps.Of(MaskImageReader.ReadLabels(file.Truth, cancellationToken: cancellationToken));

    private ForegroundRestrictedScore[] Measure(LabelMap truth, string path, CancellationToken cancellationToken)
    {
        var prediction = MembranePrediction.Read(path, kind, cancellationToken);
        if (prediction.Size != truth.Size)
        {
            throw new InvalidAnnotationException(path, null, $"is {prediction.Size}, but its ground truth is {truth.Size}");
        }

        var scores = new ForegroundRestrictedScore[thresholds.Count];
        Parallel.For(0, scores.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => scores[i] = new ForegroundRestrictedScore(truth, prediction.Cells(thresholds[i])));
        return scores;
    }

    private double[] Scores(int model, int[] weights)
    {
        var (rand, info) = (Best(model, weights, score => score.Rand), Best(model, weights, score => score.Information));
        double At(int threshold, Func<ForegroundRestrictedScore, double> measure) => Mean(model, weights, threshold, measure);
        return [At(rand, s => s.Rand), At(rand, s => s.RandSplit), At(rand, s => s.RandMerge), At(info, s => s.Information), At(info, s => s.InformationSplit), At(info, s => s.InformationMerge)];
    }

    private int Best(int model, int[] weights, Func<ForegroundRestrictedScore, double> measure) => Enumerable.Range(0, thresholds.Count).MaxBy(i => Mean(model, weights, i, measure));

    private double Mean(int model, int[] weights, int threshold, Func<ForegroundRestrictedScore, double> measure) =>
        weights.Index().Sum(w => w.Item * measure(_images[w.Index].Scores[model][threshold])) / weights.Sum();

    private int[] Whole => [.. Enumerable.Repeat(1, _images.Count)];

    private IEnumerable<(string Name, string Value)> Thresholds()
    {
        yield return ("predictions are", kind.ToString().ToLowerInvariant());
        for (var model = 0; kind != MembraneKind.Labels && model < names.Count; model++)
        {
            yield return ($"best thresholds of {names[model]}", FormattableString.Invariant(
                $"{thresholds[Best(model, Whole, s => s.Rand)]:0.###} for V rand, {thresholds[Best(model, Whole, s => s.Information)]:0.###} for V info, of {thresholds.Count}"));
        }
    }

    private IEnumerable<Plot> Curves()
    {
        if (thresholds.Count > 1)
        {
            yield return Curve("V rand", score => score.Rand);
            yield return Curve("V info", score => score.Information);
        }
    }

    private LinePlot Curve(string name, Func<ForegroundRestrictedScore, double> measure) => new(
        $"{name} by threshold", "The mean over the images.", PlotAxis.Share("threshold"), PlotAxis.Share(name),
        [.. names.Select((_, model) => new PlotSeries(null, model, [.. thresholds.Select((threshold, i) => (threshold, Mean(model, Whole, i, measure)))]) { HasDots = thresholds.Count < 20 })]);

    private HistogramPlot Histogram()
    {
        var axis = PlotAxis.Share("V rand of an image");
        return new HistogramPlot("Images by quality", "Share of images; at the best common threshold.", axis, [.. names.Select((_, model) =>
        {
            var best = Best(model, Whole, score => score.Rand);
            return HistogramPlot.Bin(_images.Select(image => image.Scores[model][best].Rand), axis, 20);
        })]);
    }

    private IEnumerable<WorstCase> Worst(int model, int count, CancellationToken cancellationToken)
    {
        var best = Best(model, Whole, score => score.Rand);
        foreach (var (file, scores) in _images.OrderBy(image => image.Scores[model][best].Rand).Take(count))
        {
            var wanted = BoundaryBenchmark.BoundariesOf(BorderThinning.Thin(Truth(file, cancellationToken)));
            var found = BoundaryBenchmark.BoundariesOf(MembranePrediction.Read(file.Predictions[model], kind, cancellationToken).Cells(thresholds[best]));
            yield return new WorstCase(
                names[model], FormattableString.Invariant($"V rand {scores[model][best].Rand:0.000}, split {scores[model][best].RandSplit:0.000}, merge {scores[model][best].RandMerge:0.000}"), file.Name,
                CasePicture.OfLines(CaseImages.Find(ImageFolder, file.Name, wanted.Size), wanted, found));
        }
    }

    private JsonArray Items()
    {
        var best = names.Select((_, model) => (Rand: Best(model, Whole, s => s.Rand), Info: Best(model, Whole, s => s.Information))).ToList();
        return new JsonArray([.. _images.Select(image => (JsonNode)new JsonObject
        {
            ["image"] = image.File.Name,
            ["v_rand"] = new JsonArray([.. image.Scores.Select((scores, model) => (JsonNode)scores[best[model].Rand].Rand)]),
            ["v_info"] = new JsonArray([.. image.Scores.Select((scores, model) => (JsonNode)scores[best[model].Info].Information)]),
        })]);
    }
}
