using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>The BSDS region benchmark: covering, probabilistic Rand index and variation of information at several thresholds.</summary>
/// <remarks>Arbelaez et al. 2011, BSDS500 <c>regionBench</c>, equal to it.</remarks>
public sealed class RegionBenchmark
{
    private readonly double[] _thresholds;
    private readonly List<RegionCounts> _images = [];

    /// <summary>Starts with no image.</summary>
    /// <param name="thresholds">At least one, rising.</param>
    /// <exception cref="ArgumentException">There is no threshold.</exception>
    public RegionBenchmark(IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        _thresholds = thresholds.Count > 0 ? [.. thresholds] : throw new ArgumentException("At least one threshold is needed.", nameof(thresholds));
    }

    /// <summary>The thresholds.</summary>
    public IReadOnlyList<double> Thresholds => _thresholds;

    /// <summary>The images measured so far.</summary>
    public IReadOnlyList<RegionCounts> Images => _images;

    /// <summary>[T] the covering over all images, weighted by annotated area.</summary>
    public IReadOnlyList<double> CoveringByThreshold => Each(t => Weighted(image => image.Covering[t]));

    /// <summary>[T] the mean Rand index.</summary>
    public IReadOnlyList<double> RandIndexByThreshold => Each(t => _images.Average(image => image.RandIndex[t]));

    /// <summary>[T] the mean variation of information, in bits.</summary>
    public IReadOnlyList<double> VariationOfInformationByThreshold => Each(t => _images.Average(image => image.VariationOfInformation[t]));

    /// <summary>Covering at the best scales.</summary>
    public ScaleScore Covering => Best(CoveringByThreshold, Weighted(image => image.Covering.Max()));

    /// <summary>The covering when each annotated region may choose its threshold.</summary>
    public double BestCovering => Weighted(image => image.BestCovering);

    /// <summary>The probabilistic Rand index at the best scales.</summary>
    public ScaleScore RandIndex => Best(RandIndexByThreshold, _images.Average(image => image.RandIndex.Max()));

    /// <summary>The variation of information at the best scales; less is better.</summary>
    public ScaleScore VariationOfInformation
    {
        get
        {
            var best = Best([.. VariationOfInformationByThreshold.Select(bits => -bits)], _images.Average(image => image.VariationOfInformation.Min()));
            return best with { Dataset = -best.Dataset };
        }
    }

    /// <summary>Measures one image.</summary>
    /// <param name="regions">The found regions at each threshold; 0 is no region.</param>
    /// <param name="truths">The regions of each annotator; at least one.</param>
    /// <param name="cancellationToken">Stops between thresholds.</param>
    /// <exception cref="ArgumentException">There is no threshold or no annotator, or sizes differ.</exception>
    public static RegionCounts Measure(IReadOnlyList<LabelMap> regions, IReadOnlyList<LabelMap> truths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(truths);
        if (truths.Count == 0 || regions.Count == 0)
        {
            throw new ArgumentException("At least one threshold and one annotator are needed.", nameof(truths));
        }

        var best = new Dictionary<(int Annotator, int Region), (long Area, double Iou)>();
        var (covering, covered) = (new double[regions.Count], new double[regions.Count]);
        var (rand, variation) = (new double[regions.Count], new double[regions.Count]);
        for (var t = 0; t < regions.Count; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RegionAgreement[] agreements = [.. truths.Select(truth => new RegionAgreement(regions[t], truth))];
            rand[t] = agreements.Average(a => a.RandIndex);
            variation[t] = agreements.Average(a => a.VariationOfInformation);
            covering[t] = Weighted(agreements.SelectMany(a => a.BestFits.Values));
            covered[t] = Weighted(agreements.SelectMany(a => a.BestFitsOfFirst).GroupBy(fit => fit.Key, fit => fit.Value).Select(region => region.MaxBy(fit => fit.Iou)));
            KeepBest(best, agreements);
        }

        return new RegionCounts(covering, covered, Weighted(best.Values), best.Values.Sum(fit => fit.Area), rand, variation);
    }

    /// <summary>Adds one measured image.</summary>
    /// <param name="image">From <see cref="Measure"/>.</param>
    /// <exception cref="ArgumentException">It was measured at another number of thresholds.</exception>
    public void Add(RegionCounts image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Covering.Count != _thresholds.Length)
        {
            throw new ArgumentException($"An image needs {_thresholds.Length} thresholds, not {image.Covering.Count}.", nameof(image));
        }

        _images.Add(image);
    }

    private static double Weighted(IEnumerable<(long Area, double Iou)> fits)
    {
        var (sum, area) = fits.Aggregate((Sum: 0.0, Area: 0L), (total, fit) => (total.Sum + (fit.Area * fit.Iou), total.Area + fit.Area));
        return sum / Math.Max(1, area);
    }

    private static void KeepBest(Dictionary<(int Annotator, int Region), (long Area, double Iou)> best, RegionAgreement[] agreements)
    {
        for (var a = 0; a < agreements.Length; a++)
        {
            foreach (var (region, fit) in agreements[a].BestFits)
            {
                var known = best.GetValueOrDefault((a, region));
                best[(a, region)] = (Math.Max(known.Area, fit.Area), Math.Max(known.Iou, fit.Iou));
            }
        }
    }

    private double[] Each(Func<int, double> measure) => [.. Enumerable.Range(0, _thresholds.Length).Select(measure)];

    private double Weighted(Func<RegionCounts, double> measure) => _images.Sum(image => image.Area * measure(image)) / Math.Max(1, _images.Sum(image => image.Area));

    private ScaleScore Best(IReadOnlyList<double> byThreshold, double byImage)
    {
        var best = Enumerable.Range(0, _thresholds.Length).MaxBy(t => byThreshold[t]);
        return new ScaleScore(_thresholds[best], byThreshold[best], byImage);
    }
}
