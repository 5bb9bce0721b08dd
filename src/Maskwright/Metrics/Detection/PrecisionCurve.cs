namespace Maskwright.Metrics;

/// <summary>Precision over recall of one category, gathered from all images.</summary>
/// <remarks>pycocotools <c>COCOeval.accumulate</c>.</remarks>
internal sealed class PrecisionCurve
{
    private const double Spacing = 2.220446049250313e-16; // numpy.spacing(1): keeps 0 / 0 at 0.

    private readonly IReadOnlyList<ImageMatches> _images;
    private readonly (int Image, int Detection, double Score)[] _ranked;
    private readonly double[] _recall;
    private readonly double[] _precision;
    private readonly int _countedTruths;

    public PrecisionCurve(IReadOnlyList<ImageMatches> images, int maxDetections)
    {
        _images = images;
        foreach (var image in images)
        {
            _countedTruths += image.CountedTruths;
        }

        _ranked = HasTruth ? Rank(images, maxDetections) : [];
        _recall = new double[_ranked.Length];
        _precision = new double[_ranked.Length];
    }

    /// <summary>Whether there is anything to find; if not, nothing can be measured.</summary>
    public bool HasTruth => _countedTruths > 0;

    /// <summary>Reads the curve at given recalls.</summary>
    /// <param name="threshold">Which IoU threshold.</param>
    /// <param name="recallThresholds">[R] rising.</param>
    /// <param name="precision">[R] takes the precision at each recall; 0 beyond the highest.</param>
    /// <param name="scores">[R] takes the score at each recall; 0 beyond the highest.</param>
    /// <returns>The highest recall.</returns>
    public double Read(int threshold, double[] recallThresholds, Span<double> precision, Span<double> scores)
    {
        Walk(threshold);
        for (var i = _precision.Length - 1; i > 0; i--)
        {
            _precision[i - 1] = Math.Max(_precision[i - 1], _precision[i]);
        }

        precision.Clear();
        scores.Clear();
        for (int r = 0, position = 0; r < recallThresholds.Length; r++)
        {
            while (position < _recall.Length && _recall[position] < recallThresholds[r])
            {
                position++;
            }

            if (position == _recall.Length)
            {
                break;
            }

            (precision[r], scores[r]) = (_precision[position], _ranked[position].Score);
        }

        return _recall.Length > 0 ? _recall[^1] : 0;
    }

    // Within an image the best come first; equal scores of several images keep the images' order.
    private static (int Image, int Detection, double Score)[] Rank(IReadOnlyList<ImageMatches> images, int maxDetections)
    {
        var entries = new List<(int Image, int Detection, double Score)>();
        for (var i = 0; i < images.Count; i++)
        {
            for (var d = 0; d < Math.Min(maxDetections, images[i].Count); d++)
            {
                entries.Add((i, d, images[i].Score(d)));
            }
        }

        entries.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Image != b.Image ? a.Image - b.Image : a.Detection - b.Detection);
        return [.. entries];
    }

    // Detections that are left out keep their place with the values so far: as in the reference, and without effect on the curve.
    private void Walk(int threshold)
    {
        double hits = 0, misses = 0;
        for (var i = 0; i < _ranked.Length; i++)
        {
            var verdict = _images[_ranked[i].Image].At(threshold, _ranked[i].Detection);
            hits += verdict == ImageMatches.Verdict.TruePositive ? 1 : 0;
            misses += verdict == ImageMatches.Verdict.FalsePositive ? 1 : 0;
            _recall[i] = hits / _countedTruths;
            _precision[i] = hits / (misses + hits + Spacing);
        }
    }
}
