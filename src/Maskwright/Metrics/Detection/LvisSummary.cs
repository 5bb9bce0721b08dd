namespace Maskwright.Metrics;

/// <summary>LVIS's thirteen numbers, each in [0,1]; -1 when there is nothing to find.</summary>
/// <param name="Ap">Average precision over IoU .50 to .95.</param>
/// <param name="Ap50">Average precision at IoU .50.</param>
/// <param name="Ap75">Average precision at IoU .75.</param>
/// <param name="ApSmall">Average precision of small objects.</param>
/// <param name="ApMedium">Average precision of medium objects.</param>
/// <param name="ApLarge">Average precision of large objects.</param>
/// <param name="ApRare">Average precision of rare categories.</param>
/// <param name="ApCommon">Average precision of common categories.</param>
/// <param name="ApFrequent">Average precision of frequent categories.</param>
/// <param name="Ar">Average recall.</param>
/// <param name="ArSmall">Average recall of small objects.</param>
/// <param name="ArMedium">Average recall of medium objects.</param>
/// <param name="ArLarge">Average recall of large objects.</param>
public sealed record LvisSummary(
    double Ap,
    double Ap50,
    double Ap75,
    double ApSmall,
    double ApMedium,
    double ApLarge,
    double ApRare,
    double ApCommon,
    double ApFrequent,
    double Ar,
    double ArSmall,
    double ArMedium,
    double ArLarge)
{
    /// <summary>Sums a measurement up.</summary>
    /// <param name="result">Made by <see cref="LvisEvaluation"/>.</param>
    /// <param name="categories">The ground truth's categories, with their frequencies.</param>
    public static LvisSummary Of(AveragePrecisionResult result, IReadOnlyList<TruthCategory> categories)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(categories);
        var frequencies = categories.ToDictionary(c => c.Id, c => c.Frequency);
        double Group(CategoryFrequency frequency) => result.MeanPrecision(
            categories: [.. Enumerable.Range(0, result.CategoryIds.Count).Where(k => frequencies.GetValueOrDefault(result.CategoryIds[k]) == frequency)]);
        return new LvisSummary(
            result.MeanPrecision(),
            result.MeanPrecision(0),
            result.MeanPrecision(5),
            result.MeanPrecision(area: 1),
            result.MeanPrecision(area: 2),
            result.MeanPrecision(area: 3),
            Group(CategoryFrequency.Rare),
            Group(CategoryFrequency.Common),
            Group(CategoryFrequency.Frequent),
            result.MeanRecall(),
            result.MeanRecall(area: 1),
            result.MeanRecall(area: 2),
            result.MeanRecall(area: 3));
    }
}
