namespace Maskwright.Metrics;

/// <summary>Measures detections as COCO does: average precision and average recall over categories, overlaps and sizes.</summary>
/// <remarks>
/// pycocotools <c>COCOeval</c>, equal to it to rounding. Deviation: pycocotools takes a ground truth whose id is 0 for one that is never found; here
/// every object can be found.
/// </remarks>
public static class AveragePrecision
{
    /// <summary>Measures detections against a ground truth.</summary>
    /// <param name="truth">What there is to find; all its images count.</param>
    /// <param name="detections">What was found, in the file's order, which decides ties. Categories that the truth does not have are left out.</param>
    /// <param name="options">How to measure; null for COCO's customs with masks.</param>
    /// <param name="cancellationToken">Stops between categories.</param>
    /// <exception cref="ArgumentException">
    /// The options are not valid, ids of images or categories collide, an object lies on an image that the truth does not have, a score is not a number,
    /// or a mask is missing or has another size than its partner.
    /// </exception>
    public static AveragePrecisionResult Evaluate(
        DetectionTruth truth,
        IReadOnlyList<DetectedObject> detections,
        AveragePrecisionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detections);
        return Evaluate(truth, [.. detections.Select(d => new RatedDetection(d, false))], options ?? new AveragePrecisionOptions(), cancellationToken);
    }

    internal static AveragePrecisionResult Evaluate(
        DetectionTruth truth,
        RatedDetection[] detections,
        AveragePrecisionOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(truth);
        options.Validate();
        var groups = new ObjectGroups(truth, detections, options.IsClassAgnostic);
        var result = new AveragePrecisionResult(groups.CategoryIds, options);
        for (var k = 0; k < groups.CategoryIds.Count; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            OverlapTable[] tables = [.. groups.OfCategory(k).Select(g => new OverlapTable(g.Truths, g.Detections, options))];
            for (var a = 0; a < options.AreaRanges.Count; a++)
            {
                Measure([.. tables.Select(table => new ImageMatches(table, options.AreaRanges[a], options))], k, a, options, result);
            }
        }

        return result;
    }

    private static void Measure(ImageMatches[] images, int category, int area, AveragePrecisionOptions options, AveragePrecisionResult result)
    {
        for (var m = 0; m < options.MaxDetections.Count; m++)
        {
            var curve = new PrecisionCurve(images, options.MaxDetections[m]);
            for (var t = 0; curve.HasTruth && t < options.IouThresholds.Count; t++)
            {
                result.Take(curve, t, category, area, m);
            }
        }
    }
}
