using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Formats.Coco;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Panoptic;

/// <summary>Panoptic quality of one or more predictions.</summary>
/// <param name="categories">All categories.</param>
/// <param name="truth">The images that count.</param>
/// <param name="models">Each prediction's images, by id.</param>
/// <param name="omissions">Told of images that cannot be measured.</param>
internal sealed class PanopticProtocol(
    IReadOnlyList<TruthCategory> categories, IReadOnlyList<PanopticEntry> truth, IReadOnlyList<(string Name, IReadOnlyDictionary<long, PanopticEntry> Images)> models, Omissions omissions)
{
    private static readonly Measure[] s_measures =
    [
        new("PQ", "panoptic quality: SQ times RQ, mean over classes with segments"),
        new("SQ", "segmentation quality: mean IoU of matched segments"),
        new("RQ", "recognition quality: F1 of matched segments"),
    ];

    private readonly int[] _order = [.. Enumerable.Range(0, categories.Count).OrderBy(i => categories[i].Id)];

    /// <summary>Where the images lie, for pictures of worst cases; null for nowhere.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>Measures all images.</summary>
    public EvaluationOutcome Outcome(IReadOnlyList<(string Name, string Value)> settings, CancellationToken cancellationToken)
    {
        var measured = truth.Select(image => (Image: image, Tallies: Measure(image, cancellationToken))).Where(item => item.Tallies is not null).ToList();
        if (measured.Count == 0)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, "there is no image to measure");
        }

        var segments = measured.SelectMany(item => item.Image.Segments).Where(s => !s.IsCrowd).CountBy(s => s.CategoryId).ToDictionary();
        int[] shown = [.. _order.Where(i => segments.ContainsKey(categories[i].Id))];
        var layout = Layout(shown, segments, measured.Count);
        return new EvaluationOutcome
        {
            Protocol = "panoptic",
            Title = $"Panoptic quality: {string.Join(", ", models.Select(m => m.Name))} on {measured.Count} images",
            Layout = layout,
            Models = [.. models.Select((model, i) => new EvaluatedModel(model.Name, weights => Scores([.. measured.Select(item => item.Tallies![i])], weights, shown)))], // those without were left out
            ItemName = "images",
            ItemCount = measured.Count,
            ItemNames = [.. measured.Select(item => Path.GetFileName(item.Image.PngPath))],
            Plots = sheet => [.. ScorePlots.Bars(sheet, "class", ["PQ", "SQ", "RQ"])],
            WorstCases = count => [.. models.SelectMany((model, i) => Worst(model, [.. measured.Select(item => (item.Image, item.Tallies![i]))], count, cancellationToken))],
            Settings = [.. settings, ("matching", "same class and IoU above .5; void and crowd pixels excused as in panopticapi")],
            Items = Items([.. measured.Select(item => (item.Image, item.Tallies!))]),
        };
    }

    private PanopticTally[][]? Measure(PanopticEntry image, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PanopticTally[][]? tallies = null;
        omissions.Try(() =>
        {
            var wanted = image.ReadImage();
            tallies = [.. models.Select(model => Measure(wanted, model))];
        });
        return tallies;
    }

    private PanopticTally[] Measure(PanopticImage wanted, (string Name, IReadOnlyDictionary<long, PanopticEntry> Images) model)
    {
        if (!model.Images.TryGetValue(wanted.ImageId, out var entry))
        {
            throw new InvalidAnnotationException(model.Name, null, $"has no prediction for image {wanted.ImageId}");
        }

        var quality = new PanopticQuality(categories);
        try
        {
            quality.Add(wanted, entry.ReadImage());
        }
        catch (ArgumentException e)
        {
            throw new InvalidAnnotationException(entry.PngPath, null, e.Message, e);
        }

        return [.. categories.Select(category => quality.Categories[category.Id])];
    }

    private ScoreLayout Layout(int[] shown, Dictionary<long, int> segments, int images)
    {
        int Classes(Func<TruthCategory, bool> isWanted) => shown.Count(i => isWanted(categories[i]));
        return new ScoreLayout(
        [
            new ScoreTable("overall", s_measures, [new("all classes", Classes(_ => true)), new("things", Classes(c => c.IsThing)), new("stuff", Classes(c => !c.IsThing))]) { Unit = images == 1 ? "image" : "classes" },
            new ScoreTable("class", s_measures, [.. shown.Select(i => new ScoreRow(categories[i].Name, segments[categories[i].Id]))]) { Unit = "segments" },
        ]);
    }

    private double[] Scores(PanopticTally[][] images, int[] weights, int[] shown)
    {
        var sums = new (double Hits, double Extra, double Missed, double Iou)[categories.Count];
        for (var i = 0; i < images.Length; i++)
        {
            for (var c = 0; weights[i] > 0 && c < sums.Length; c++)
            {
                var t = images[i][c];
                sums[c] = (sums[c].Hits + (weights[i] * t.TruePositives), sums[c].Extra + (weights[i] * t.FalsePositives), sums[c].Missed + (weights[i] * t.FalseNegatives), sums[c].Iou + (weights[i] * t.IouSum));
            }
        }

        PanopticTally[] tallies = [.. sums.Select(s => new PanopticTally((long)s.Hits, (long)s.Extra, (long)s.Missed, s.Iou))];
        var present = Enumerable.Range(0, tallies.Length).Where(c => tallies[c].HasSegments).ToList();
        return
        [
            .. Mean(tallies, present), .. Mean(tallies, present.Where(c => categories[c].IsThing)), .. Mean(tallies, present.Where(c => !categories[c].IsThing)),
            .. shown.SelectMany(c => Mean(tallies, present.Contains(c) ? [c] : [])),
        ];
    }

    private static double[] Mean(PanopticTally[] tallies, IEnumerable<int> chosen)
    {
        var list = chosen.ToList();
        double Of(Func<PanopticTally, double> value) => list.Count == 0 ? double.NaN : list.Average(c => value(tallies[c]));
        return [Of(t => t.Quality), Of(t => t.SegmentationQuality), Of(t => t.RecognitionQuality)];
    }

    private static double ImageQuality(PanopticTally[] tallies) => tallies.Where(t => t.HasSegments).Select(t => t.Quality).DefaultIfEmpty(1).Average();

    private IEnumerable<WorstCase> Worst(
        (string Name, IReadOnlyDictionary<long, PanopticEntry> Images) model, List<(PanopticEntry Image, PanopticTally[] Tallies)> images, int count, CancellationToken cancellationToken)
    {
        foreach (var (image, tallies) in images.OrderBy(item => ImageQuality(item.Tallies)).Take(count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (wanted, found) = (image.ReadImage(), model.Images[image.ImageId].ReadImage());
            var picture = CasePicture.OfLabels(CaseImages.Find(ImageFolder, Path.GetFileName(image.PngPath), wanted.Labels.Size), Classes(wanted), Classes(found), 0);
            yield return new WorstCase(model.Name, FormattableString.Invariant($"PQ of the image {ImageQuality(tallies):0.000}"), Path.GetFileName(image.PngPath), picture);
        }
    }

    // Segments have other numbers on either side; classes can be compared.
    private static LabelMap Classes(PanopticImage image)
    {
        var classes = image.Segments.ToDictionary(s => s.Id, s => (int)s.CategoryId);
        return new LabelMap(image.Labels.Size, [.. image.Labels.Labels.ToArray().Select(id => classes.GetValueOrDefault(id))]);
    }

    private static JsonArray Items(IEnumerable<(PanopticEntry Image, PanopticTally[][] Tallies)> images) => new([.. images.Select(item => (JsonNode)new JsonObject
    {
        ["image_id"] = item.Image.ImageId,
        ["file_name"] = Path.GetFileName(item.Image.PngPath),
        ["segments"] = item.Image.Segments.Count,
        ["pq"] = new JsonArray([.. item.Tallies.Select(t => JsonReport.Number(ImageQuality(t)))]),
    })]);
}
