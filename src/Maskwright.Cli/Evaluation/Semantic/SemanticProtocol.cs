using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Formats.Images;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Semantic;

/// <summary>IoU of classes over label images.</summary>
/// <param name="files">The images.</param>
/// <param name="names">What the predictions are called.</param>
/// <param name="omissions">Told of files that cannot be measured.</param>
internal sealed class SemanticProtocol(IReadOnlyList<PairedFile> files, IReadOnlyList<string> names, Omissions omissions)
{
    private const int MostClasses = 4096;

    private static readonly Measure[] s_overall =
    [
        new("mIoU", "mean IoU of the classes that are there or predicted"), new("fwIoU", "IoU weighted by how many pixels a class has"),
        new("pixel accuracy", "share of pixels with the right class"), new("class accuracy", "mean share of a class's pixels that is right"), new("mean Dice", "mean Dice coefficient (F1) of classes"),
    ];

    private static readonly Measure[] s_byClass =
        [new("IoU", "shared pixels over those of either"), new("Dice", "F1 of pixels"), new("recall", "share of the class's pixels that was found"), new("precision", "share of what was predicted that is right")];

    private readonly List<(PairedFile File, ClassCounts[] Counts)> _images = [];

    /// <summary>The label of pixels that do not count; null for none.</summary>
    public int? VoidLabel { get; init; }

    /// <summary>The names of classes by label; null for numbers, as many as the ground truth uses.</summary>
    public SortedDictionary<int, string>? Classes { get; init; }

    public string? ImageFolder { get; init; }

    /// <summary>Measures all images.</summary>
    public EvaluationOutcome Outcome(IReadOnlyList<(string Name, string Value)> settings, CancellationToken cancellationToken)
    {
        var classes = Classes ?? Found(cancellationToken);
        var count = classes.Keys.Last() + 1;
        var totals = names.Select(_ => new ConfusionMatrix(count, VoidLabel)).ToList();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            omissions.Try(() => _images.Add((file, [.. Measure(file, count, totals, cancellationToken)])));
        }

        if (_images.Count == 0)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, "there is no image to measure");
        }

        var all = Sum(0, Enumerable.Repeat(1, _images.Count).ToArray(), count);
        int[] shown = [.. classes.Keys.Where(k => all.Truth[k] > 0)];
        return new EvaluationOutcome
        {
            Protocol = "semantic",
            Title = $"Semantic segmentation: {string.Join(", ", names)} on {_images.Count} images",
            Layout = new ScoreLayout(
            [
                new ScoreTable("overall", s_overall, [new ScoreRow("all images", _images.Count)]) { Unit = "images" },
                new ScoreTable("class", s_byClass, [.. shown.Select(k => new ScoreRow(classes[k], all.Truth[k]))]) { Unit = "pixels" },
            ]),
            Models = [.. names.Select((name, model) => new EvaluatedModel(name, weights => Scores(Sum(model, weights, count), shown)))],
            ItemName = "images",
            ItemCount = _images.Count,
            ItemNames = [.. _images.Select(image => image.File.Name)],
            Plots = sheet => [.. ScorePlots.Bars(sheet, "class", ["IoU"]), Histogram(), .. totals.Select((matrix, i) => Confusion(matrix, names[i], classes, shown))],
            WorstCases = worst => [.. Enumerable.Range(0, names.Count).SelectMany(model => Worst(model, worst, cancellationToken))],
            Settings = [.. settings, ("classes", $"{count}{(shown.Length < count ? $", {shown.Length} of them in the ground truth" : string.Empty)}"), ("void", VoidLabel is { } label ? $"label {label}" : "none")],
            Items = new JsonArray([.. _images.Select(image => (JsonNode)new JsonObject { ["image"] = image.File.Name, ["miou"] = new JsonArray([.. image.Counts.Select(c => JsonReport.Number(c.MeanIou))]) })]),
        };
    }

    private static LabelMap Read(string path, CancellationToken cancellationToken) => !ArrayFile.Is(path) ? MaskImageReader.ReadLabels(path, cancellationToken: cancellationToken)
        : ArrayFile.Read(path, null) is [var labels] ? labels
        : throw new InvalidAnnotationException(path, null, "is a volume; label images have two axes");

    private List<ClassCounts> Measure(PairedFile file, int count, List<ConfusionMatrix> totals, CancellationToken cancellationToken)
    {
        var truth = Read(file.Truth, cancellationToken);
        var matrices = new List<ConfusionMatrix>();
        foreach (var path in file.Predictions)
        {
            var matrix = new ConfusionMatrix(count, VoidLabel);
            try
            {
                matrix.Add(truth, Read(path, cancellationToken));
            }
            catch (ArgumentException e)
            {
                throw new InvalidAnnotationException(e.ParamName == "truth" ? file.Truth : path, null, Failure.MessageOf(e), e);
            }

            matrices.Add(matrix);
        }

        for (var i = 0; i < matrices.Count; i++)
        {
            totals[i].Merge(matrices[i]);
        }

        return [.. matrices.Select(ClassCounts.Of)];
    }

    // Without a list the labels that stand in the ground truth are the classes.
    private SortedDictionary<int, string> Found(CancellationToken cancellationToken)
    {
        var labels = new SortedSet<int>();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            omissions.Try(() => labels.UnionWith(Read(file.Truth, cancellationToken).Labels.ToArray().Distinct()));
        }

        labels.Remove(VoidLabel ?? -1);
        return labels.Count == 0 ? throw new ToolException(ExitCode.SomeInputsFailed, "the ground truth holds no class, only void pixels")
            : labels.Max > MostClasses ? throw new ToolException(ExitCode.SomeInputsFailed, $"the ground truth holds the label {labels.Max}: are these label images? --classes FILE says which labels there are, --void N which one is void")
            : new SortedDictionary<int, string>(Enumerable.Range(0, labels.Max + 1).ToDictionary(k => k, k => $"class {k}"));
    }

    private ClassCounts Sum(int model, int[] weights, int count)
    {
        var sum = new ClassCounts(count);
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                sum.Add(_images[i].Counts[model], weights[i]);
            }
        }

        return sum;
    }

    private static double[] Scores(ClassCounts counts, int[] shown) =>
        [.. counts.Overall(), .. shown.SelectMany(k => (double[])[counts.Iou(k), counts.Dice(k), counts.Recall(k), counts.Precision(k)])];

    private HistogramPlot Histogram()
    {
        var axis = PlotAxis.Share("mIoU of an image");
        return new HistogramPlot("Images by quality", "Share of images; the mean over the classes of each image.", axis, [.. Enumerable.Range(0, names.Count).Select(model => HistogramPlot.Bin(_images.Select(image => image.Counts[model].MeanIou), axis, 20))]);
    }

    private static MatrixPlot Confusion(ConfusionMatrix matrix, string name, SortedDictionary<int, string> classes, int[] shown) => new(
        $"Confusion: {name}", "Each row is a true class; the darkness of a cell is the share of its pixels that was predicted as the column's class. Point at a cell to read it.",
        [.. shown.Select(k => classes[k])],
        [.. shown.Select(truth => (IReadOnlyList<double>)[.. shown.Select(found => (double)matrix[truth, found] / Math.Max(1, Enumerable.Range(0, matrix.ClassCount + 1).Sum(k => matrix[truth, k])))])]);

    private IEnumerable<WorstCase> Worst(int model, int count, CancellationToken cancellationToken)
    {
        foreach (var (file, counts) in _images.OrderBy(image => image.Counts[model].MeanIou).Take(count))
        {
            var (truth, found) = (Read(file.Truth, cancellationToken), Read(file.Predictions[model], cancellationToken));
            yield return new WorstCase(
                names[model], FormattableString.Invariant($"mIoU of the image {counts[model].MeanIou:0.000}"), file.Name,
                CasePicture.OfLabels(CaseImages.Find(ImageFolder, file.Name, truth.Size), truth, found, VoidLabel));
        }
    }
}
