namespace Maskwright.Metrics;

/// <summary>Precision over recall of one category, gathered from all images.</summary>
/// <remarks>pycocotools <c>COCOeval.accumulate</c>.</remarks>
internal sealed class PrecisionCurve
{
    private const double Spacing = 2.220446049250313e-16; // numpy.spacing(1): keeps 0 / 0 at 0.

    private readonly IReadOnlyList<ImageMatches> _images;
    private readonly (int Image, int Detection)[] _ranked;
    private readonly int _countedTruths;

    public PrecisionCurve(IReadOnlyList<ImageMatches> images, int maxDetections)
    {
        _images = images;
        _countedTruths = images.Sum(image => image.CountedTruths);
        var entries = new List<(int Image, int Detection)>();
        for (var i = 0; i < images.Count; i++)
        {
            for (var d = 0; d < Math.Min(maxDetections, images[i].Count); d++)
            {
                entries.Add((i, d));
            }
        }

        _ranked = [.. entries.OrderByDescending(e => images[e.Image].Score(e.Detection))];
    }

    /// <summary>Whether there is anything to find; if not, nothing can be measured.</summary>
    public bool HasTruth => _countedTruths > 0;

    /// <summary>Reads the curve at given recalls.</summary>
    /// <param name="threshold">Which IoU threshold.</param>
    /// <param name="recallThresholds">Rising.</param>
    /// <param name="put">Takes a recall threshold's position, the precision there and the score there; not called beyond the highest recall.</param>
    /// <returns>The highest recall.</returns>
    public double Read(int threshold, IReadOnlyList<double> recallThresholds, Action<int, double, double> put)
    {
        var (recall, precision, scores) = Walk(threshold);
        for (var i = precision.Length - 1; i > 0; i--)
        {
            precision[i - 1] = Math.Max(precision[i - 1], precision[i]);
        }

        var position = 0;
        for (var r = 0; r < recallThresholds.Count; r++)
        {
            while (position < recall.Length && recall[position] < recallThresholds[r])
            {
                position++;
            }

            if (position == recall.Length)
            {
                break;
            }

            put(r, precision[position], scores[position]);
        }

        return recall.Length > 0 ? recall[^1] : 0;
    }

    // Detections that are left out keep their place with the values so far: as in the reference, and without effect on the curve.
    private (double[] Recall, double[] Precision, double[] Scores) Walk(int threshold)
    {
        var (recall, precision, scores) = (new double[_ranked.Length], new double[_ranked.Length], new double[_ranked.Length]);
        double hits = 0, misses = 0;
        for (var i = 0; i < _ranked.Length; i++)
        {
            var image = _images[_ranked[i].Image];
            var verdict = image.At(threshold, _ranked[i].Detection);
            hits += verdict == ImageMatches.Verdict.TruePositive ? 1 : 0;
            misses += verdict == ImageMatches.Verdict.FalsePositive ? 1 : 0;
            recall[i] = hits / _countedTruths;
            precision[i] = hits / (misses + hits + Spacing);
            scores[i] = image.Score(_ranked[i].Detection);
        }

        return (recall, precision, scores);
    }
}
