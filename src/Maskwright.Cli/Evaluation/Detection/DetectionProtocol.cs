using System.Text.Json.Nodes;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Detection;

/// <summary>COCO's and LVIS's average precision of one or more lists of detections.</summary>
internal sealed class DetectionProtocol
{
    private const string BySize = "size", ByClass = "class";

    private static readonly string[] s_sizes = ["small", "medium", "large"];

    private readonly DetectionTruth _truth;
    private readonly IReadOnlyList<(string Name, IReadOnlyList<DetectedObject> Detections)> _models;
    private readonly DetectionSettings _settings;
    private readonly WeightedPrecision[] _weighted;
    private readonly DetectionMeasures _measures;
    private readonly List<int> _classes;

    /// <summary>Matches all detections.</summary>
    public DetectionProtocol(
        DetectionTruth truth, IReadOnlyList<(string Name, IReadOnlyList<DetectedObject> Detections)> models, DetectionSettings settings, CancellationToken cancellationToken)
    {
        (_truth, _models, _settings) = (truth, models, settings);
        _weighted =
        [
            .. models.Select(model => settings.IsLvis
                ? WeightedPrecision.OfLvis(truth, model.Detections, settings.Geometry, cancellationToken: cancellationToken)
                : WeightedPrecision.Of(truth, model.Detections, settings.Options, cancellationToken)),
        ];
        _measures = new DetectionMeasures(settings.IsLvis, _weighted[0].CategoryIds, truth.Categories, _weighted[0].Options.MaxDetections[^1]);
        var counts = Counted.CountBy(o => o.CategoryId).ToDictionary();
        _classes = [.. Enumerable.Range(0, _weighted[0].CategoryIds.Count).Where(k => counts.ContainsKey(_weighted[0].CategoryIds[k]))];
    }

    private IEnumerable<TruthObject> Counted => _truth.Objects.Where(o => (_settings.IsLvis || !o.IsCrowd) && !(o.IsIgnored && (_settings.HonoursIgnoreFlag || _settings.IsLvis)));

    /// <summary>The scores, before they are resampled.</summary>
    public EvaluationOutcome Outcome(IReadOnlyList<(string Name, string Value)> settings, CancellationToken cancellationToken)
    {
        var what = _settings.Geometry == OverlapGeometry.Masks ? "masks" : "boxes";
        var layout = Layout();
        return new EvaluationOutcome
        {
            Protocol = _settings.IsLvis ? "coco (LVIS)" : "coco",
            Title = $"{(_settings.IsLvis ? "LVIS" : "COCO")} average precision of {what}: {string.Join(", ", _models.Select(m => m.Name))} on {_truth.Images.Count} images",
            Layout = layout,
            Models = [.. _models.Select((model, i) => new EvaluatedModel(model.Name, weights => Scores(_weighted[i].Measure(weights), layout)))],
            ItemName = "images",
            ItemCount = _truth.Images.Count,
            ItemNames = [.. _truth.Images.Select(image => image.FileName.Length > 0 ? image.FileName : $"{image.Id}")],
            Plots = sheet => new DetectionPlots(_truth, _models, _settings).Make(sheet, cancellationToken),
            WorstCases = count => [.. _models.SelectMany(model => new DetectionCases(_truth, model.Name, model.Detections, _settings).Draw(count, cancellationToken))],
            Settings = [.. settings, .. Describe()],
            Notes = [.. _models.SelectMany(Notes)],
            Items = Items(),
        };
    }

    private ScoreLayout Layout()
    {
        var names = _truth.Categories.ToDictionary(category => category.Id, category => category.Name);
        var byClass = Counted.CountBy(o => o.CategoryId).ToDictionary();
        var bySize = Counted.CountBy(o => GroupScore.SizeGroup(o.Area)).ToDictionary();
        List<ScoreTable> tables =
        [
            new("overall", _measures.Overall, [new ScoreRow("all images", _truth.Images.Count)]),
            new(BySize, _measures.BySize, [.. s_sizes.Select(size => new ScoreRow(size, bySize.GetValueOrDefault(size)))]),
        ];
        if (!_settings.IsClassAgnostic)
        {
            tables.Add(new ScoreTable(ByClass, _measures.ByClass, [.. _classes.Select(k => new ScoreRow(names[_weighted[0].CategoryIds[k]], byClass[_weighted[0].CategoryIds[k]]))]));
        }

        return new ScoreLayout(tables);
    }

    private double[] Scores(CategoryPrecision precision, ScoreLayout layout)
    {
        var values = new List<double>(layout.CellCount);
        values.AddRange(_measures.Of(precision));
        for (var area = 1; area <= s_sizes.Length; area++)
        {
            values.AddRange(DetectionMeasures.OfSize(precision, area));
        }

        if (!_settings.IsClassAgnostic)
        {
            _classes.ForEach(k => values.AddRange(DetectionMeasures.OfClass(precision, k)));
        }

        return [.. values];
    }

    private IEnumerable<(string Name, string Value)> Describe()
    {
        yield return ("compared by", _settings.Geometry == OverlapGeometry.Masks ? "masks" : "boxes");
        yield return ("protocol", _settings.IsLvis ? "LVIS: 300 detections an image, federated categories" : "COCO: IoU .50:.05:.95, 101 recalls, 1, 10, 100 detections");
        yield return ("classes", _settings.IsClassAgnostic ? "not told apart" : $"{_classes.Count} with objects, of {_truth.Categories.Count}");
        yield return ("ignore flags", _settings.HonoursIgnoreFlag || _settings.IsLvis ? "honoured" : "overwritten by crowd flags, as pycocotools does");
    }

    private IEnumerable<string> Notes((string Name, IReadOnlyList<DetectedObject> Detections) model)
    {
        var categories = _truth.Categories.Select(category => category.Id).ToHashSet();
        var strangers = model.Detections.Where(d => !categories.Contains(d.CategoryId)).ToList();
        if (model.Detections.Count == 0)
        {
            yield return $"{model.Name} has no detection at all.";
        }

        if (strangers.Count > 0)
        {
            yield return $"{model.Name}: {strangers.Count} detections have a category that the ground truth lacks ({string.Join(", ", strangers.Select(d => d.CategoryId).Distinct().Order().Take(5))}); they are left out, as the reference does.";
        }
    }

    private JsonArray Items()
    {
        var objects = _truth.Objects.CountBy(o => o.ImageId).ToDictionary();
        var found = _models.Select(model => model.Detections.CountBy(d => d.ImageId).ToDictionary()).ToList();
        return new JsonArray([.. _truth.Images.Select(image => (JsonNode)new JsonObject
        {
            ["image_id"] = image.Id,
            ["file_name"] = image.FileName,
            ["objects"] = objects.GetValueOrDefault(image.Id),
            ["detections"] = new JsonArray([.. found.Select(f => (JsonNode)f.GetValueOrDefault(image.Id))]),
        })]);
    }
}
