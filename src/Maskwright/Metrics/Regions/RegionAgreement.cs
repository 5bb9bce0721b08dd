using System.Runtime.InteropServices;
using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>How far two divisions of an image into regions agree. Pixels with label 0 on either side are left out.</summary>
public sealed class RegionAgreement
{
    private readonly Dictionary<(int First, int Second), long> _shared = [];
    private readonly Dictionary<int, long> _first = [];
    private readonly Dictionary<int, long> _second = [];
    private readonly long _pixels;

    /// <summary>Compares two divisions.</summary>
    /// <param name="first">One label a pixel.</param>
    /// <param name="second">One label a pixel; of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public RegionAgreement(LabelMap first, LabelMap second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Size != second.Size)
        {
            throw new ArgumentException($"Both must have one size; they have {first.Size} and {second.Size}.", nameof(second));
        }

        ReadOnlySpan<int> a = first.Labels, b = second.Labels;
        for (int start = 0, end; start < a.Length; start = end)
        {
            for (end = start + 1; end < a.Length && a[end] == a[start] && b[end] == b[start];)
            {
                end++;
            }

            if (a[start] != 0 && b[start] != 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_shared, (a[start], b[start]), out _) += end - start;
                CollectionsMarshal.GetValueRefOrAddDefault(_first, a[start], out _) += end - start;
                CollectionsMarshal.GetValueRefOrAddDefault(_second, b[start], out _) += end - start;
                _pixels += end - start;
            }
        }
    }

    /// <summary>The share of pixel pairs on which both agree whether they belong together (Rand index), in [0,1]. Rand 1971.</summary>
    public double RandIndex
    {
        get
        {
            static double Squares(IEnumerable<long> counts) => counts.Sum(n => (double)n * n);
            var disagreeing = (Squares(_first.Values) / 2) + (Squares(_second.Values) / 2) - Squares(_shared.Values);
            return _pixels < 2 ? 1 : 1 - (disagreeing / (_pixels * (_pixels - 1.0) / 2));
        }
    }

    /// <summary>What either division says that the other does not, in bits, at least 0 (variation of information). Meila 2003.</summary>
    public double VariationOfInformation => ConditionalEntropy(_second, pair => pair.Second) + ConditionalEntropy(_first, pair => pair.First);

    /// <summary>For each region of the second division the IoU with the region of the first that fits best, with its area.</summary>
    public IReadOnlyDictionary<int, (long Area, double Iou)> BestFits => Fits(_second, pair => pair.Second);

    /// <summary>For each region of the first division the IoU with the region of the second that fits best, with its area.</summary>
    public IReadOnlyDictionary<int, (long Area, double Iou)> BestFitsOfFirst => Fits(_first, pair => pair.First);

    /// <summary>The mean IoU of the best fits, weighted by area: how well the first division covers the second, in [0,1]. Arbelaez et al. 2011.</summary>
    public double Covering => BestFits.Values.Sum(fit => fit.Area * fit.Iou) / Math.Max(1, _pixels);

    private Dictionary<int, (long Area, double Iou)> Fits(Dictionary<int, long> regions, Func<(int First, int Second), int> side)
    {
        var best = regions.ToDictionary(region => region.Key, region => (Area: region.Value, Iou: 0.0));
        foreach (var (pair, shared) in _shared)
        {
            var iou = (double)shared / (_first[pair.First] + _second[pair.Second] - shared);
            var (area, known) = best[side(pair)];
            best[side(pair)] = (area, Math.Max(known, iou));
        }

        return best;
    }

    private double ConditionalEntropy(Dictionary<int, long> given, Func<(int First, int Second), int> side) =>
        -_shared.Sum(pair => (double)pair.Value / _pixels * Math.Log2((double)pair.Value / given[side(pair.Key)]));
}
