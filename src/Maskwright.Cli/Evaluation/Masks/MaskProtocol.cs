using System.Globalization;
using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Formats.Images;
using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Evaluation.Masks;

/// <summary>Overlaps and surface distances of pairs of masks, label maps or volumes.</summary>
/// <param name="files">The pairs.</param>
/// <param name="names">What the predictions are called.</param>
/// <param name="settings">How to measure.</param>
/// <param name="omissions">Told of pairs that cannot be measured.</param>
internal sealed class MaskProtocol(IReadOnlyList<PairedFile> files, IReadOnlyList<string> names, MaskSettings settings, Omissions omissions)
{
    private const string Overall = "overall", ByLabel = "label", All = "all pairs";
    private const int Bins = 20;

    private readonly List<(PairedFile File, MaskPairScores[][] Scores)> _pairs = [];

    /// <summary>Measures all pairs.</summary>
    public EvaluationOutcome Outcome(IReadOnlyList<(string Name, string Value)> described, CancellationToken cancellationToken)
    {
        var hasVolumes = files.Any(file => ArrayFile.Is(file.Truth) && IsVolume(file.Truth));
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            omissions.Try(() => _pairs.Add((file, Measure(file, hasVolumes, cancellationToken))));
        }

        if (_pairs.Count == 0 || _pairs.TrueForAll(pair => pair.Scores[0].Length == 0))
        {
            throw new ToolException(ExitCode.SomeInputsFailed, "there is nothing to measure: no pair of files, or no label in them");
        }

        var measures = MaskPairScores.MeasuresFor(settings, hasVolumes);
        var means = Enumerable.Range(0, names.Count).Select(model => Means(model, measures)).ToList();
        var layout = new ScoreLayout(
        [
            new ScoreTable(Overall, measures, means[0].Rows(Overall)) { Unit = "pairs" },
            .. settings.ByLabel ? (ScoreTable[])[new ScoreTable(ByLabel, measures, [.. means[0].Rows(ByLabel).OrderBy(row => int.Parse(row.Name, CultureInfo.InvariantCulture))]) { Unit = "pairs" }] : [],
        ]);
        return new EvaluationOutcome
        {
            Protocol = "masks",
            Title = $"Masks: {string.Join(", ", names)} on {_pairs.Count} {(hasVolumes ? "volumes" : "images")}",
            Layout = layout,
            Models = [.. names.Select((name, i) => new EvaluatedModel(name, weights => means[i].Means(layout, weights)))],
            ItemName = hasVolumes ? "volumes" : "images",
            ItemCount = _pairs.Count,
            ItemNames = [.. _pairs.Select(pair => pair.File.Name)],
            Plots = sheet => [Histogram("Dice", 0), .. hasVolumes ? (Plot[])[] : [Histogram("boundary IoU", measures.Count - 2)], .. ScorePlots.Bars(sheet, ByLabel, ["Dice", "HD95"])],
            WorstCases = count => hasVolumes ? [.. WorstSlices(count, cancellationToken)] : [.. Worst(count, cancellationToken)],
            Settings = [.. described, .. Describe()],
            Notes = [.. Notes(measures)],
            Items = Items(measures),
        };
    }

    private IReadOnlyList<LabelMap> Read(string path, CancellationToken cancellationToken) => ArrayFile.Is(path) ? ArrayFile.Read(path, settings.ArrayName)
        : settings.ByLabel ? [MaskImageReader.ReadLabels(path, cancellationToken: cancellationToken)]
        : [Drawn(MaskImageReader.ReadMask(path, cancellationToken: cancellationToken))];

    private static LabelMap Drawn(BinaryMask mask)
    {
        var map = new LabelMap(mask.Size, new int[mask.Size.PixelCount]);
        for (var i = 0; i < map.Labels.Length; i++)
        {
            map.Labels[i] = mask[i % mask.Width, i / mask.Width] ? 1 : 0;
        }

        return map;
    }

    // A volume that cannot be read is told when it is measured.
    private bool IsVolume(string path)
    {
        try
        {
            return ArrayFile.Read(path, settings.ArrayName).Count > 1;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private MaskPairScores[][] Measure(PairedFile file, bool hasVolumes, CancellationToken cancellationToken)
    {
        var truth = Read(file.Truth, cancellationToken);
        return [.. file.Predictions.Select(path => Measure(file.Truth, truth, path, hasVolumes, cancellationToken))];
    }

    private MaskPairScores[] Measure(string truthPath, IReadOnlyList<LabelMap> truth, string path, bool hasVolumes, CancellationToken cancellationToken)
    {
        var prediction = Read(path, cancellationToken);
        if (prediction.Count != truth.Count || prediction[0].Size != truth[0].Size)
        {
            throw new InvalidAnnotationException(path, null, $"is {SizeOf(prediction)}, but {truthPath} is {SizeOf(truth)}");
        }

        return [.. MaskPairScores.Of(truth, prediction, settings, hasVolumes)];
    }

    private static string SizeOf(IReadOnlyList<LabelMap> slices) => slices.Count == 1 ? $"{slices[0].Size}" : $"{slices.Count} slices of {slices[0].Size}";

    private GroupedMeans Means(int model, IReadOnlyList<Measure> measures)
    {
        var means = new GroupedMeans(measures, _pairs.Count);
        for (var i = 0; i < _pairs.Count; i++)
        {
            foreach (var scores in _pairs[i].Scores[model])
            {
                (string, string)[] groups = [(Overall, All), .. scores.Label is { } label ? ((string, string)[])[(ByLabel, label.ToString(CultureInfo.InvariantCulture))] : []];
                means.Add(i, groups, [.. scores.Values.Select(v => double.IsInfinity(v) ? double.NaN : v)]);
            }
        }

        return means;
    }

    private HistogramPlot Histogram(string name, int measure)
    {
        var axis = PlotAxis.Share(name);
        return new HistogramPlot(name, "Share of all pairs.", axis, [.. Enumerable.Range(0, names.Count).Select(model => HistogramPlot.Bin(_pairs.SelectMany(pair => pair.Scores[model]).Select(s => s.Values[measure]), axis, Bins))]);
    }

    private IEnumerable<(PairedFile File, int Model, MaskPairScores Scores)> Ranked(int count) => Enumerable.Range(0, names.Count).SelectMany(model =>
        _pairs.SelectMany(pair => pair.Scores[model].Select(scores => (pair.File, model, scores))).OrderBy(item => item.scores.Dice).Take(count));

    private IEnumerable<WorstCase> Worst(int count, CancellationToken cancellationToken) => Ranked(count).Select(item =>
        Case(item, Read(item.File.Truth, cancellationToken)[0], Read(item.File.Predictions[item.Model], cancellationToken)[0], string.Empty));

    // Of a volume the slice with most wrong pixels is shown.
    private IEnumerable<WorstCase> WorstSlices(int count, CancellationToken cancellationToken)
    {
        foreach (var item in Ranked(count))
        {
            var (truth, found) = (Read(item.File.Truth, cancellationToken), Read(item.File.Predictions[item.Model], cancellationToken));
            var worst = Enumerable.Range(0, truth.Count).MaxBy(z =>
            {
                var (a, b) = (Mask(truth[z], item.Scores.Label), Mask(found[z], item.Scores.Label));
                return a.Area() + b.Area() - (2 * Metrics.MaskOverlap.Of(a, b).Shared);
            });
            yield return Case(item, truth[worst], found[worst], $", slice {worst}");
        }
    }

    private WorstCase Case((PairedFile File, int Model, MaskPairScores Scores) item, LabelMap truth, LabelMap found, string where)
    {
        var picture = CasePicture.Of(CaseImages.Find(settings.ImageFolder, item.File.Name, truth.Size), Mask(truth, item.Scores.Label), Mask(found, item.Scores.Label));
        var title = double.IsInfinity(item.Scores.Values[5])
            ? FormattableString.Invariant($"Dice {item.Scores.Dice:0.000}, one side empty")
            : FormattableString.Invariant($"Dice {item.Scores.Dice:0.000}, HD95 {item.Scores.Values[5]:0.0}");
        return new WorstCase(names[item.Model], title, $"{item.File.Name}{(item.Scores.Label is { } label ? $", label {label}" : string.Empty)}{where}", picture);
    }

    private static BinaryMask Mask(LabelMap map, int? label) => label is { } one ? LabelObjects.MaskOf(map, one) : MaskPairScores.Inside(map);

    private IEnumerable<(string Name, string Value)> Describe()
    {
        yield return ("objects", settings.ByLabel ? $"each label by itself{(settings.Labels.Count > 0 ? ": " + string.Join(", ", settings.Labels) : string.Empty)}" : "everything but 0");
        yield return ("spacing", settings.Spacing is { } s ? FormattableString.Invariant($"x {s.X}, y {s.Y}, z {s.Z}") : "1");
        yield return ("tolerance", FormattableString.Invariant($"{settings.Tolerance}"));
    }

    private IEnumerable<string> Notes(IReadOnlyList<Measure> measures)
    {
        for (var model = 0; model < names.Count; model++)
        {
            var empty = _pairs.Sum(pair => pair.Scores[model].Count(scores => scores.Values[measures.Count - 1] > 0));
            if (empty > 0)
            {
                yield return $"{names[model]}: in {empty} pairs only one side has pixels; their surfaces are infinitely far apart, and the means of HD, HD95 and ASSD leave them out.";
            }
        }
    }

    private JsonArray Items(IReadOnlyList<Measure> measures) => new([.. _pairs.SelectMany(pair => names.SelectMany((name, model) => pair.Scores[model].Select(scores =>
    {
        var item = new JsonObject { ["name"] = pair.File.Name, ["model"] = name, ["label"] = scores.Label };
        for (var m = 0; m < measures.Count; m++)
        {
            item[measures[m].Name] = JsonReport.Number(scores.Values[m]);
        }

        return (JsonNode)item;
    })))]);
}
