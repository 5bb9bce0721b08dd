namespace Maskwright.Metrics;

/// <summary>What was measured: precision and recall for every overlap, category, size and number of detections. -1 stands for nothing to find.</summary>
public sealed class AveragePrecisionResult
{
    // [K,A,M,T,R] and [K,A,M,T], as they are measured; the reference's order is made when asked for.
    private readonly double[] _precision;
    private readonly double[] _scores;
    private readonly double[] _recall;
    private readonly double[] _recallThresholds;

    internal AveragePrecisionResult(IReadOnlyList<long> categoryIds, AveragePrecisionOptions options)
    {
        CategoryIds = categoryIds;
        Options = options;
        var cells = options.IouThresholds.Count * categoryIds.Count * options.AreaRanges.Count * options.MaxDetections.Count;
        _recallThresholds = [.. options.RecallThresholds];
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

    /// <summary>[T,R,K,A,M] precision at a recall; -1 where there is nothing to find. Put together at each call.</summary>
    public ReadOnlySpan<double> Precision => Ordered(_precision, _recallThresholds.Length);

    /// <summary>[T,R,K,A,M] the score at which a recall is reached; 0 where it never is, -1 where there is nothing to find. Put together at each call.</summary>
    public ReadOnlySpan<double> Scores => Ordered(_scores, _recallThresholds.Length);

    /// <summary>[T,K,A,M] the highest recall; -1 where there is nothing to find. Put together at each call.</summary>
    public ReadOnlySpan<double> Recall => Ordered(_recall, 1);

    /// <summary>The mean precision over all recalls and the chosen overlaps and categories.</summary>
    /// <param name="iouThreshold">Position of one IoU threshold; null for all.</param>
    /// <param name="area">Position of the area range.</param>
    /// <param name="maxDetections">Position of the number of detections; null for the last, largest.</param>
    /// <param name="categories">Positions of categories; null for all.</param>
    /// <returns>In [0,1]; -1 when there is nothing to find.</returns>
    public double MeanPrecision(int? iouThreshold = null, int area = 0, int? maxDetections = null, IReadOnlyList<int>? categories = null) =>
        Mean(_precision, _recallThresholds.Length, iouThreshold, area, maxDetections, categories);

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
        var cell = Cell(category, area, maxDetections, threshold);
        var count = _recallThresholds.Length;
        _recall[cell] = curve.Read(threshold, _recallThresholds, _precision.AsSpan(cell * count, count), _scores.AsSpan(cell * count, count));
    }

    private int Cell(int k, int a, int m, int t) =>
        (((((k * Options.AreaRanges.Count) + a) * Options.MaxDetections.Count) + m) * Options.IouThresholds.Count) + t;

    private double[] Ordered(double[] values, int recallCount)
    {
        var ordered = new double[values.Length];
        var next = 0;
        for (var t = 0; t < Options.IouThresholds.Count; t++)
        {
            for (var r = 0; r < recallCount; r++)
            {
                for (var kam = 0; kam < values.Length / recallCount / Options.IouThresholds.Count; kam++)
                {
                    ordered[next++] = values[(((kam * Options.IouThresholds.Count) + t) * recallCount) + r];
                }
            }
        }

        return ordered;
    }

    private double Mean(double[] values, int recallCount, int? iouThreshold, int area, int? maxDetections, IReadOnlyList<int>? categories)
    {
        var thresholds = iouThreshold is { } one ? [one] : Enumerable.Range(0, Options.IouThresholds.Count);
        var (sum, count) = (0.0, 0L);
        foreach (var k in categories ?? [.. Enumerable.Range(0, CategoryIds.Count)])
        {
            foreach (var t in thresholds)
            {
                var cell = Cell(k, area, maxDetections ?? Options.MaxDetections.Count - 1, t);
                foreach (var value in values.AsSpan(cell * recallCount, recallCount))
                {
                    (sum, count) = value > -1 ? (sum + value, count + 1) : (sum, count);
                }
            }
        }

        return count == 0 ? -1 : sum / count;
    }
}
