namespace Maskwright.Metrics;

/// <summary>Mean precision and highest recall of every category, size range, number of detections and overlap; NaN where there is nothing to find.</summary>
public sealed class CategoryPrecision
{
    private readonly double[] _precision;
    private readonly double[] _recall;
    private readonly int _categories;
    private readonly AveragePrecisionOptions _options;

    internal CategoryPrecision(int categories, AveragePrecisionOptions options)
    {
        (_categories, _options) = (categories, options);
        _precision = new double[categories * options.AreaRanges.Count * options.MaxDetections.Count * options.IouThresholds.Count];
        _recall = new double[_precision.Length];
        Array.Fill(_precision, double.NaN);
        Array.Fill(_recall, double.NaN);
    }

    /// <summary>The mean precision over the chosen overlaps and categories.</summary>
    /// <param name="iouThreshold">Position of one overlap; null for all.</param>
    /// <param name="area">Position of the size range.</param>
    /// <param name="categories">Positions of categories; null for all.</param>
    /// <returns>In [0,1]; NaN when there is nothing to find.</returns>
    public double MeanPrecision(int? iouThreshold = null, int area = 0, IReadOnlyList<int>? categories = null) =>
        Mean(_precision, iouThreshold, area, _options.MaxDetections.Count - 1, categories);

    /// <summary>The mean of the highest recalls over the chosen overlaps and categories.</summary>
    /// <param name="area">Position of the size range.</param>
    /// <param name="maxDetections">Position of the number of detections; null for the last, largest. Others are measured for the first size range only.</param>
    /// <param name="categories">Positions of categories; null for all.</param>
    /// <returns>In [0,1]; NaN when there is nothing to find.</returns>
    public double MeanRecall(int area = 0, int? maxDetections = null, IReadOnlyList<int>? categories = null) =>
        Mean(_recall, null, area, maxDetections ?? _options.MaxDetections.Count - 1, categories);

    /// <summary>COCO's twelve numbers in the order in which pycocotools prints them; NaN when there is nothing to find.</summary>
    /// <exception cref="InvalidOperationException">It was not measured with COCO's four size ranges and three numbers of detections.</exception>
    public IReadOnlyList<double> CocoNumbers() => _options.AreaRanges.Count != 4 || _options.MaxDetections.Count != 3 || _options.IouThresholds.Count < 6
        ? throw new InvalidOperationException("COCO's numbers need its overlaps, four size ranges and three numbers of detections.")
        :
        [
            MeanPrecision(), MeanPrecision(0), MeanPrecision(5), MeanPrecision(area: 1), MeanPrecision(area: 2), MeanPrecision(area: 3),
            MeanRecall(maxDetections: 0), MeanRecall(maxDetections: 1), MeanRecall(), MeanRecall(1), MeanRecall(2), MeanRecall(3),
        ];

    internal CellSpans Cell(int category, int area, int maxDetections)
    {
        var start = Start(category, area, maxDetections);
        return new CellSpans(_precision.AsSpan(start, _options.IouThresholds.Count), _recall.AsSpan(start, _options.IouThresholds.Count));
    }

    private int Start(int k, int a, int m) => ((((k * _options.AreaRanges.Count) + a) * _options.MaxDetections.Count) + m) * _options.IouThresholds.Count;

    private double Mean(double[] values, int? iouThreshold, int area, int maxDetections, IReadOnlyList<int>? categories)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < (categories?.Count ?? _categories); i++)
        {
            var start = Start(categories?[i] ?? i, area, maxDetections);
            foreach (var value in iouThreshold is { } t ? values.AsSpan(start + t, 1) : values.AsSpan(start, _options.IouThresholds.Count))
            {
                (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }

    internal readonly ref struct CellSpans(Span<double> precision, Span<double> recall)
    {
        private readonly Span<double> _precision = precision;
        private readonly Span<double> _recall = recall;

        public void Deconstruct(out Span<double> precision, out Span<double> recall)
        {
            precision = _precision;
            recall = _recall;
        }
    }
}
