using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>The BSDS boundary benchmark: boundaries at several thresholds against those of several annotators.</summary>
/// <remarks>
/// Martin, Fowlkes, Malik 2004; Arbelaez et al. 2011, BSDS500 <c>boundaryBench</c>. The reference's own runs differ by up to 0.0005 in single numbers since
/// its matching is random; see <see cref="BoundaryMatching"/>. Not for several threads at once; <see cref="Measure"/> is, and <see cref="Add"/> takes what it gives.
/// </remarks>
public sealed class BoundaryBenchmark
{
    private readonly List<BoundaryCounts[]> _images = [];
    private readonly double[] _thresholds;

    /// <summary>Starts with no image.</summary>
    /// <param name="thresholds">At least one, rising.</param>
    /// <exception cref="ArgumentException">There is no threshold.</exception>
    public BoundaryBenchmark(IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        _thresholds = thresholds.Count > 0 ? [.. thresholds] : throw new ArgumentException("At least one threshold is needed.", nameof(thresholds));
    }

    /// <summary>The thresholds.</summary>
    public IReadOnlyList<double> Thresholds => _thresholds;

    /// <summary>What all images together give at each threshold.</summary>
    public IReadOnlyList<BoundaryCounts> Totals => [.. _thresholds.Select((_, t) => _images.Aggregate(default(BoundaryCounts), (sum, image) => sum + image[t]))];

    /// <summary>The best score of each image at a threshold of its own.</summary>
    public IReadOnlyList<BoundaryScore> ImageScores => [.. _images.Select(image => BoundaryScore.Best(_thresholds, image))];

    /// <summary>The best score with one threshold for all images (ODS).</summary>
    public BoundaryScore OptimalDatasetScale => BoundaryScore.Best(_thresholds, Totals);

    /// <summary>The score with the best measured threshold of each image (OIS).</summary>
    public BoundaryCounts OptimalImageScale => _images.Aggregate(default(BoundaryCounts), (sum, image) => sum + image.MaxBy(counts => counts.F));

    /// <summary>The area under the precision-recall curve (AP), sampled at recalls 0, .01, ... 1; 0 where the curve does not reach.</summary>
    public double AveragePrecision
    {
        get
        {
            // Of thresholds with equal recall the last counts, as with the reference's unique().
            List<(double Recall, double Precision)> curve = [.. Totals.GroupBy(c => c.Recall).OrderBy(g => g.Key).Select(g => (g.Key, g.Last().Precision))];
            return curve.Count < 2 ? 0 : Enumerable.Range(0, 101).Sum(i => PrecisionAt(curve, i * 0.01)) * 0.01;
        }
    }

    /// <summary>The customary thresholds: n values evenly inside (0,1).</summary>
    /// <param name="count">n, at least 1; 99 by custom.</param>
    /// <remarks>To the last bit those of the reference's <c>linspace</c>: one of five is a little above 1/3, and strengths of 8 bit lie exactly there.</remarks>
    public static double[] EvenThresholds(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var (first, last) = (1.0 / (count + 1), 1 - (1.0 / (count + 1)));
        return count == 1 ? [first] : [first, .. Enumerable.Range(1, count - 2).Select(i => first + (i * (last - first) / (count - 1))), last];
    }

    /// <summary>The lines between the regions of a label map, as the benchmark draws them.</summary>
    /// <param name="labels">The regions.</param>
    public static BinaryMask BoundariesOf(LabelMap labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return BoundaryMap.Of(labels);
    }

    /// <summary>Measures one image.</summary>
    /// <param name="boundaries">The found boundaries at each threshold; they are thinned first.</param>
    /// <param name="truths">The boundaries of each annotator; at least one.</param>
    /// <param name="diagonalRatio">The largest distance of partners as a share of the image's diagonal.</param>
    /// <param name="cancellationToken">Stops between thresholds.</param>
    /// <returns>The counts at each threshold.</returns>
    /// <exception cref="ArgumentException">There is no annotator, or sizes differ.</exception>
    public static BoundaryCounts[] Measure(
        IReadOnlyList<BinaryMask> boundaries,
        IReadOnlyList<BinaryMask> truths,
        double diagonalRatio = BoundaryMatching.CustomaryRatio,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(truths);
        if (truths.Count == 0)
        {
            throw new ArgumentException("At least one annotator is needed.", nameof(truths));
        }

        // Neighbouring thresholds often cut the same lines.
        var distinct = new List<int>();
        var positions = new int[boundaries.Count];
        for (var t = 0; t < positions.Length; t++)
        {
            if (t == 0 || !boundaries[t].Equals(boundaries[t - 1]))
            {
                distinct.Add(t);
            }

            positions[t] = distinct.Count - 1;
        }

        var counts = new BoundaryCounts[distinct.Count];
        ParallelLoop.Run(counts.Length, i => counts[i] = Count(BoundaryThinning.Thin(boundaries[distinct[i]]), truths, diagonalRatio, cancellationToken), cancellationToken);
        return [.. positions.Select(i => counts[i])];
    }

    /// <summary>Adds one measured image.</summary>
    /// <param name="image">The counts at each threshold, from <see cref="Measure"/>.</param>
    /// <exception cref="ArgumentException">There is not one count a threshold.</exception>
    public void Add(IReadOnlyList<BoundaryCounts> image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Count != _thresholds.Length)
        {
            throw new ArgumentException($"An image needs counts at {_thresholds.Length} thresholds, not {image.Count}.", nameof(image));
        }

        _images.Add([.. image]);
    }

    private static BoundaryCounts Count(BinaryMask found, IReadOnlyList<BinaryMask> truths, double diagonalRatio, CancellationToken cancellationToken)
    {
        var matched = new BinaryMask(found.Size);
        var (matchedTruth, truth) = (0L, 0L);
        foreach (var annotator in truths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (mine, theirs) = BoundaryMatching.Match(found, annotator, diagonalRatio);
            for (var i = 0; i < matched.Words.Length; i++)
            {
                matched.Words[i] |= mine.Words[i];
            }

            (matchedTruth, truth) = (matchedTruth + theirs.Area(), truth + annotator.Area());
        }

        return new BoundaryCounts(matchedTruth, truth, matched.Area(), found.Area());
    }

    private static double PrecisionAt(List<(double Recall, double Precision)> curve, double recall)
    {
        var after = curve.FindIndex(point => point.Recall >= recall);
        if (after < 0 || (after == 0 && curve[0].Recall > recall))
        {
            return 0;
        }

        var (high, low) = (curve[after], curve[Math.Max(0, after - 1)]);
        return high.Recall == low.Recall ? high.Precision : low.Precision + ((high.Precision - low.Precision) * (recall - low.Recall) / (high.Recall - low.Recall));
    }
}
