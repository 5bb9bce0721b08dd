namespace Maskwright.Metrics;

/// <summary>What was measured: precision and recall for every overlap, category, size and number of detections. -1 stands for nothing to find.</summary>
public sealed class AveragePrecisionResult
{
    private readonly double[] _precision;
    private readonly double[] _scores;
    private readonly double[] _recall;

    internal AveragePrecisionResult(IReadOnlyList<long> categoryIds, AveragePrecisionOptions options)
    {
        CategoryIds = categoryIds;
        Options = options;
        var cells = options.IouThresholds.Count * categoryIds.Count * options.AreaRanges.Count * options.MaxDetections.Count;
        _recall = new double[cells];
        _precision = new double[(long)cells * options.RecallThresholds.Count];
        _scores = new double[_precision.Length];
        Array.Fill(_recall, -1);
        Array.Fill(_precision, -1);
        Array.Fill(_scores, -1);
    }

    /// <summary>K categories, rising; one of -1 when they were not told apart.</summary>
    public IReadOnlyList<long> CategoryIds { get; }

    /// <summary>How it was measured.</summary>
    public AveragePrecisionOptions Options { get; }

    /// <summary>[T,R,K,A,M] precision at a recall; -1 where there is nothing to find.</summary>
    public ReadOnlySpan<double> Precision => _precision;

    /// <summary>[T,R,K,A,M] the score at which a recall is reached; 0 where it never is, -1 where there is nothing to find.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>[T,K,A,M] the highest recall; -1 where there is nothing to find.</summary>
    public ReadOnlySpan<double> Recall => _recall;

    /// <summary>The mean precision over all recalls and the chosen overlaps and categories.</summary>
    /// <param name="iouThreshold">Position of one IoU threshold; null for all.</param>
    /// <param name="area">Position of the area range.</param>
    /// <param name="maxDetections">Position of the number of detections; null for the last, largest.</param>
    /// <param name="categories">Positions of categories; null for all.</param>
    /// <returns>In [0,1]; -1 when there is nothing to find.</returns>
    public double MeanPrecision(int? iouThreshold = null, int area = 0, int? maxDetections = null, IReadOnlyList<int>? categories = null) =>
        Mean(_precision, Options.RecallThresholds.Count, iouThreshold, area, maxDetections, categories);

    /// <summary>The mean of the highest recalls over the chosen overlaps and categories.</summary>
    /// <param name="iouThreshold">Position of one IoU threshold; null for all.</param>
    /// <param name="area">Position of the area range.</param>
    /// <param name="maxDetections">Position of the number of detections; null for the last, largest.</param>
    /// <param name="categories">Positions of categories; null for all.</param>
    /// <returns>In [0,1]; -1 when there is nothing to find.</returns>
    public double MeanRecall(int? iouThreshold = null, int area = 0, int? maxDetections = null, IReadOnlyList<int>? categories = null) =>
        Mean(_recall, 1, iouThreshold, area, maxDetections, categories);

    internal void Take(PrecisionCurve curve, int threshold, int category, int area, int maxDetections)
    {
        var recalls = Options.RecallThresholds;
        for (var r = 0; r < recalls.Count; r++)
        {
            var cell = Cell(threshold, r, recalls.Count, category, area, maxDetections);
            (_precision[cell], _scores[cell]) = (0, 0);
        }

        _recall[Cell(threshold, 0, 1, category, area, maxDetections)] = curve.Read(threshold, recalls, (r, precision, score) =>
        {
            var cell = Cell(threshold, r, recalls.Count, category, area, maxDetections);
            (_precision[cell], _scores[cell]) = (precision, score);
        });
    }

    private int Cell(int t, int r, int recallCount, int k, int a, int m) =>
        (((((((t * recallCount) + r) * CategoryIds.Count) + k) * Options.AreaRanges.Count) + a) * Options.MaxDetections.Count) + m;

    private double Mean(double[] values, int recallCount, int? iouThreshold, int area, int? maxDetections, IReadOnlyList<int>? categories)
    {
        var thresholds = iouThreshold is { } one ? [one] : Enumerable.Range(0, Options.IouThresholds.Count);
        var chosen = categories ?? [.. Enumerable.Range(0, CategoryIds.Count)];
        var (sum, count) = (0.0, 0L);
        foreach (var t in thresholds)
        {
            for (var r = 0; r < recallCount; r++)
            {
                foreach (var k in chosen)
                {
                    var value = values[Cell(t, r, recallCount, k, area, maxDetections ?? Options.MaxDetections.Count - 1)];
                    (sum, count) = value > -1 ? (sum + value, count + 1) : (sum, count);
                }
            }
        }

        return count == 0 ? -1 : sum / count;
    }
}
