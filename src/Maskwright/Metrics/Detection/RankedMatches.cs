namespace Maskwright.Metrics;

/// <summary>The detections of one category and size range, best first, with what each matches at each overlap: what is needed to draw the curve again.</summary>
internal sealed class RankedMatches
{
    private const double Spacing = 2.220446049250313e-16; // as in PrecisionCurve

    private readonly int[] _images;
    private readonly int[] _ranks;
    private readonly uint[] _hits;
    private readonly uint[] _misses;
    private readonly (int Image, int Count)[] _truths;
    private readonly int _thresholds;

    /// <summary>Ranks.</summary>
    /// <param name="images">The category's images with matches, by rising id.</param>
    /// <param name="positions">The position of each of them among all images.</param>
    /// <param name="options">How it was matched; at most 32 overlaps.</param>
    public RankedMatches(IReadOnlyList<ImageMatches> images, IReadOnlyList<int> positions, AveragePrecisionOptions options)
    {
        _thresholds = options.IouThresholds.Count;
        _truths = [.. images.Select((image, i) => (positions[i], image.CountedTruths)).Where(t => t.CountedTruths > 0)];
        var ranked = images.SelectMany((image, i) => Enumerable.Range(0, image.Count).Select(d => (Image: i, Detection: d, Score: image.Score(d)))).ToArray();
        Array.Sort(ranked, (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Image != b.Image ? a.Image - b.Image : a.Detection - b.Detection);
        _images = [.. ranked.Select(r => positions[r.Image])];
        _ranks = [.. ranked.Select(r => r.Detection)];
        _hits = [.. ranked.Select(r => Mask(images[r.Image], r.Detection, ImageMatches.Verdict.TruePositive))];
        _misses = [.. ranked.Select(r => Mask(images[r.Image], r.Detection, ImageMatches.Verdict.FalsePositive))];
    }

    /// <summary>How many objects there are to find.</summary>
    public long Truths(int[] weights) => _truths.Sum(t => (long)weights[t.Image] * t.Count);

    /// <summary>Draws the curves of all overlaps.</summary>
    /// <param name="weights">How often each image counts.</param>
    /// <param name="maxDetections">How many detections of an image count.</param>
    /// <param name="recalls">Where precision is read, rising.</param>
    /// <param name="precision">[T] takes the mean precision at those recalls.</param>
    /// <param name="recall">[T] takes the highest recall.</param>
    public void Measure(int[] weights, int maxDetections, double[] recalls, Span<double> precision, Span<double> recall)
    {
        var truths = Truths(weights);
        var (hits, misses) = (new long[_thresholds], new long[_thresholds]);
        var points = Enumerable.Range(0, _thresholds).Select(_ => new List<(double Recall, double Precision)>()).ToArray();
        for (var i = 0; i < _images.Length; i++)
        {
            var weight = weights[_images[i]];
            if (weight == 0 || _ranks[i] >= maxDetections)
            {
                continue;
            }

            for (var t = 0; t < _thresholds; t++)
            {
                if ((_hits[i] >> t & 1) != 0)
                {
                    hits[t] += weight;
                    points[t].Add(((double)hits[t] / truths, hits[t] / (misses[t] + hits[t] + Spacing)));
                }
                else if ((_misses[i] >> t & 1) != 0)
                {
                    misses[t] += weight;
                }
            }
        }

        for (var t = 0; t < _thresholds; t++)
        {
            (precision[t], recall[t]) = (MeanPrecision(points[t], recalls), points[t].Count > 0 ? points[t][^1].Recall : 0);
        }
    }

    // Recall grows only at hits, so they alone make the curve; an image that counts twice finds its objects twice at the same place.
    private static double MeanPrecision(List<(double Recall, double Precision)> points, double[] recalls)
    {
        var (sum, best, next) = (0.0, 0.0, points.Count - 1);
        for (var r = recalls.Length - 1; r >= 0; r--)
        {
            for (; next >= 0 && points[next].Recall >= recalls[r]; next--)
            {
                best = Math.Max(best, points[next].Precision);
            }

            sum += best;
        }

        return sum / recalls.Length;
    }

    private uint Mask(ImageMatches image, int detection, ImageMatches.Verdict verdict)
    {
        var mask = 0U;
        for (var t = 0; t < _thresholds; t++)
        {
            mask |= image.At(t, detection) == verdict ? 1U << t : 0;
        }

        return mask;
    }
}
