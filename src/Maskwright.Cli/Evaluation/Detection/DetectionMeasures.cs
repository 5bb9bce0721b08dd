using System.Globalization;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Detection;

/// <summary>The measures of COCO and LVIS, and how they come from weighted precision.</summary>
internal sealed class DetectionMeasures
{
    private const string OverOverlaps = "over IoU .50 to .95";

    private readonly bool _isLvis;
    private readonly IReadOnlyList<IReadOnlyList<int>> _frequencies;

    /// <summary>Takes the measures of a protocol.</summary>
    /// <param name="isLvis">LVIS's thirteen numbers instead of COCO's twelve.</param>
    /// <param name="categoryIds">The categories in the order of the measurement.</param>
    /// <param name="categories">The ground truth's categories.</param>
    /// <param name="maxDetections">The largest number of detections of an image.</param>
    public DetectionMeasures(bool isLvis, IReadOnlyList<long> categoryIds, IReadOnlyList<TruthCategory> categories, int maxDetections)
    {
        _isLvis = isLvis;
        var known = categories.ToDictionary(category => category.Id, category => category.Frequency);
        _frequencies = [.. Enum.GetValues<CategoryFrequency>().Select(f => (IReadOnlyList<int>)[.. Enumerable.Range(0, categoryIds.Count).Where(k => known.GetValueOrDefault(categoryIds[k]) == f)])];
        Overall = isLvis ? Lvis(maxDetections) : Coco();
        ByClass = [new("AP", $"average precision {OverOverlaps}"), new("AP50", "average precision at IoU .50"), new(Recall(maxDetections), $"average recall {OverOverlaps}")];
        BySize = [new("AP", $"average precision {OverOverlaps}"), new(Recall(maxDetections), $"average recall {OverOverlaps}")];
    }

    public IReadOnlyList<Measure> Overall { get; }

    public IReadOnlyList<Measure> ByClass { get; }

    public IReadOnlyList<Measure> BySize { get; }

    /// <summary>The overall numbers.</summary>
    public IReadOnlyList<double> Of(CategoryPrecision p) => _isLvis
        ? [
            p.MeanPrecision(), p.MeanPrecision(0), p.MeanPrecision(5), p.MeanPrecision(area: 1), p.MeanPrecision(area: 2), p.MeanPrecision(area: 3),
            p.MeanPrecision(categories: _frequencies[0]), p.MeanPrecision(categories: _frequencies[1]), p.MeanPrecision(categories: _frequencies[2]),
            p.MeanRecall(), p.MeanRecall(1), p.MeanRecall(2), p.MeanRecall(3),
        ]
        : p.CocoNumbers();

    /// <summary>The numbers of one category.</summary>
    public static IReadOnlyList<double> OfClass(CategoryPrecision p, int category) =>
        [p.MeanPrecision(categories: [category]), p.MeanPrecision(0, categories: [category]), p.MeanRecall(categories: [category])];

    /// <summary>The numbers of one size range: 1 small, 2 medium, 3 large.</summary>
    public static IReadOnlyList<double> OfSize(CategoryPrecision p, int area) => [p.MeanPrecision(area: area), p.MeanRecall(area)];

    private static string Recall(int maxDetections) => string.Create(CultureInfo.InvariantCulture, $"AR@{maxDetections}");

    private static Measure[] Precisions() =>
    [
        new("AP", $"average precision {OverOverlaps}, the protocol's main number"), new("AP50", "average precision at IoU .50"), new("AP75", "average precision at IoU .75"),
        new("APs", "AP of small objects, to 32 x 32 pixels"), new("APm", "AP of medium objects"), new("APl", "AP of large objects, from 96 x 96 pixels"),
    ];

    private static Measure[] Coco() =>
    [
        .. Precisions(),
        new("AR@1", $"average recall {OverOverlaps} with 1 detection an image and class"), new("AR@10", "average recall with 10 detections"), new("AR@100", "average recall with 100 detections"),
        new("ARs", "AR@100 of small objects"), new("ARm", "AR@100 of medium objects"), new("ARl", "AR@100 of large objects"),
    ];

    private static Measure[] Lvis(int maxDetections) =>
    [
        .. Precisions(),
        new("APr", "AP of rare categories, in 1 to 10 training images"), new("APc", "AP of common categories, in 11 to 100"), new("APf", "AP of frequent categories, in more than 100"),
        new(Recall(maxDetections), $"average recall {OverOverlaps} with {maxDetections} detections an image"),
        new("ARs", "AR of small objects"), new("ARm", "AR of medium objects"), new("ARl", "AR of large objects"),
    ];
}
