namespace Maskwright.Metrics;

/// <summary>Measures detections as LVIS does, where each image is annotated for some categories only.</summary>
/// <remarks>
/// Gupta, Dollar, Girshick 2019; lvis-api <c>LVISEval</c>. The best 300 detections of an image count, over all categories; a category that an image is known
/// neither to hold nor to lack is left out there; where a category is not annotated in full, detections that match nothing are no mistakes. There are no crowds.
/// </remarks>
public static class LvisEvaluation
{
    /// <summary>How many detections of an image count by custom.</summary>
    public const int CustomaryMaxDetections = 300;

    /// <summary>Measures detections against a ground truth.</summary>
    /// <param name="truth">What there is to find, with LVIS's lists of absent and incomplete categories.</param>
    /// <param name="detections">What was found, in the file's order, which decides ties.</param>
    /// <param name="geometry">Whether masks or boxes are compared.</param>
    /// <param name="maxDetectionsPerImage">How many detections of an image count, at least 1.</param>
    /// <param name="cancellationToken">Stops between categories.</param>
    /// <exception cref="ArgumentException">As <see cref="AveragePrecision.Evaluate(DetectionTruth, IReadOnlyList{DetectedObject}, AveragePrecisionOptions?, CancellationToken)"/>.</exception>
    public static AveragePrecisionResult Evaluate(
        DetectionTruth truth,
        IReadOnlyList<DetectedObject> detections,
        OverlapGeometry geometry = OverlapGeometry.Masks,
        int maxDetectionsPerImage = CustomaryMaxDetections,
        CancellationToken cancellationToken = default)
    {
        var (withoutCrowds, rated, options) = Prepare(truth, detections, geometry, maxDetectionsPerImage);
        return AveragePrecision.Evaluate(withoutCrowds, rated, options, cancellationToken);
    }

    internal static (DetectionTruth Truth, RatedDetection[] Detections, AveragePrecisionOptions Options) Prepare(
        DetectionTruth truth, IReadOnlyList<DetectedObject> detections, OverlapGeometry geometry, int maxDetectionsPerImage)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(detections);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxDetectionsPerImage);
        var options = new AveragePrecisionOptions { Geometry = geometry, MaxDetections = [maxDetectionsPerImage], HonoursIgnoreFlag = true };
        var withoutCrowds = truth with { Objects = [.. truth.Objects.Select(o => o.IsCrowd ? o with { IsCrowd = false } : o)] };
        return (withoutCrowds, Rate(truth, Limit(detections, maxDetectionsPerImage)), options);
    }

    private static IEnumerable<DetectedObject> Limit(IReadOnlyList<DetectedObject> detections, int limit) => detections
        .GroupBy(d => d.ImageId)
        .SelectMany(image => image.Count() <= limit ? image : image.OrderByDescending(d => d.Score).Take(limit));

    private static RatedDetection[] Rate(DetectionTruth truth, IEnumerable<DetectedObject> detections)
    {
        var present = truth.Objects.Select(o => (o.ImageId, o.CategoryId)).ToHashSet();
        var absent = truth.Images.SelectMany(i => i.AbsentCategoryIds, (i, category) => (i.Id, category)).ToHashSet();
        var incomplete = truth.Images.SelectMany(i => i.IncompleteCategoryIds, (i, category) => (i.Id, category)).ToHashSet();
        return
        [
            .. from d in detections
               let key = (d.ImageId, d.CategoryId)
               where present.Contains(key) || absent.Contains(key)
               select new RatedDetection(d, incomplete.Contains(key)),
        ];
    }
}
