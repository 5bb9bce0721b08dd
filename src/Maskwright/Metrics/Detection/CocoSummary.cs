namespace Maskwright.Metrics;

/// <summary>COCO's twelve numbers, each in [0,1]; -1 when there is nothing to find.</summary>
/// <param name="Ap">Average precision over IoU .50 to .95.</param>
/// <param name="Ap50">Average precision at IoU .50.</param>
/// <param name="Ap75">Average precision at IoU .75.</param>
/// <param name="ApSmall">Average precision of small objects.</param>
/// <param name="ApMedium">Average precision of medium objects.</param>
/// <param name="ApLarge">Average precision of large objects.</param>
/// <param name="Ar1">Average recall with 1 detection an image.</param>
/// <param name="Ar10">Average recall with 10 detections an image.</param>
/// <param name="Ar100">Average recall with 100 detections an image.</param>
/// <param name="ArSmall">Average recall of small objects.</param>
/// <param name="ArMedium">Average recall of medium objects.</param>
/// <param name="ArLarge">Average recall of large objects.</param>
public sealed record CocoSummary(
    double Ap,
    double Ap50,
    double Ap75,
    double ApSmall,
    double ApMedium,
    double ApLarge,
    double Ar1,
    double Ar10,
    double Ar100,
    double ArSmall,
    double ArMedium,
    double ArLarge)
{
    /// <summary>The twelve numbers in the order in which pycocotools prints them.</summary>
    public IReadOnlyList<double> Values => [Ap, Ap50, Ap75, ApSmall, ApMedium, ApLarge, Ar1, Ar10, Ar100, ArSmall, ArMedium, ArLarge];

    /// <summary>Sums a measurement up.</summary>
    /// <param name="result">Measured with COCO's thresholds, area ranges and numbers of detections.</param>
    /// <exception cref="ArgumentException">It was measured in another way.</exception>
    public static CocoSummary Of(AveragePrecisionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (own, coco) = (result.Options, new AveragePrecisionOptions());
        if (!own.IouThresholds.SequenceEqual(coco.IouThresholds) || !own.AreaRanges.SequenceEqual(coco.AreaRanges) || own.MaxDetections.Count != 3)
        {
            throw new ArgumentException("COCO's summary needs its IoU thresholds, its four area ranges and three numbers of detections.", nameof(result));
        }

        return new CocoSummary(
            result.MeanPrecision(),
            result.MeanPrecision(0),
            result.MeanPrecision(5),
            result.MeanPrecision(area: 1),
            result.MeanPrecision(area: 2),
            result.MeanPrecision(area: 3),
            result.MeanRecall(maxDetections: 0),
            result.MeanRecall(maxDetections: 1),
            result.MeanRecall(maxDetections: 2),
            result.MeanRecall(area: 1),
            result.MeanRecall(area: 2),
            result.MeanRecall(area: 3));
    }
}
