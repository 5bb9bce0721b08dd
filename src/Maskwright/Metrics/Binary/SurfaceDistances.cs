using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>How far apart the surfaces of two objects lie, in 2D or 3D.</summary>
/// <remarks>
/// A surface is what is inside and has a neighbour outside (4 neighbours in 2D, 6 in 3D; beyond the border is outside); distances are exact and Euclidean,
/// between centres. Percentiles are interpolated linearly, as NumPy does. Two empty objects are 0 apart; an empty one and another are infinitely far apart.
/// </remarks>
public sealed class SurfaceDistances
{
    private readonly double[] _forth;
    private readonly double[] _back;

    private SurfaceDistances(double[] forth, double[] back)
    {
        Array.Sort(forth);
        Array.Sort(back);
        (_forth, _back) = (forth, back);
    }

    /// <summary>The distance of each surface pixel of the first object to the second's surface, rising.</summary>
    public ReadOnlySpan<double> FirstToSecond => _forth;

    /// <summary>The distance of each surface pixel of the second object to the first's surface, rising.</summary>
    public ReadOnlySpan<double> SecondToFirst => _back;

    /// <summary>The Hausdorff distance: the largest of all.</summary>
    public double Hausdorff => Math.Max(Last(_forth), Last(_back));

    /// <summary>The larger of both directions' 95th percentiles (HD95).</summary>
    public double Hausdorff95 => HausdorffAt(95);

    /// <summary>The 95th percentile of both directions together, which some tools call HD95.</summary>
    public double PooledHausdorff95 => IsOneEmpty ? double.PositiveInfinity : Percentile([.. _forth.Concat(_back).Order()], 95);

    /// <summary>The mean of both directions together: the average symmetric surface distance.</summary>
    public double Average => Mean(_forth.Concat(_back));

    /// <summary>The mean distance from the first surface to the second.</summary>
    public double MeanFirstToSecond => Mean(_forth);

    /// <summary>The mean distance from the second surface to the first.</summary>
    public double MeanSecondToFirst => Mean(_back);

    private bool IsOneEmpty => (_forth.Length == 0) != (_back.Length == 0);

    /// <summary>Measures two masks.</summary>
    /// <param name="first">The first mask.</param>
    /// <param name="second">The second mask, of the same size.</param>
    /// <param name="spacing">The size of a pixel; null for 1.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the spacing is not positive.</exception>
    public static SurfaceDistances Of(BinaryMask first, BinaryMask second, VoxelSpacing? spacing = null) =>
        Measure([first], [second], spacing ?? VoxelSpacing.Unit, isFlat: true);

    /// <summary>Measures two volumes.</summary>
    /// <param name="first">[D] slices of one size, at least one.</param>
    /// <param name="second">[D] slices of the same size.</param>
    /// <param name="spacing">The size of a voxel; null for 1.</param>
    /// <exception cref="ArgumentException">Sizes or numbers of slices differ, there is no slice, or the spacing is not positive.</exception>
    public static SurfaceDistances OfVolumes(IReadOnlyList<BinaryMask> first, IReadOnlyList<BinaryMask> second, VoxelSpacing? spacing = null) =>
        Measure(first, second, spacing ?? VoxelSpacing.Unit, isFlat: false);

    /// <summary>The larger of both directions' percentiles.</summary>
    /// <param name="percent">0 to 100; 100 is the Hausdorff distance.</param>
    public double HausdorffAt(double percent) => IsOneEmpty ? double.PositiveInfinity : Math.Max(Percentile(_forth, percent), Percentile(_back, percent));

    /// <summary>The share of both surfaces that lies within a tolerance of the other (normalised surface distance), in [0,1].</summary>
    /// <param name="tolerance">In the spacing's unit, at least 0.</param>
    /// <remarks>Nikolov et al. 2018, counting surface voxels, each with the same weight.</remarks>
    public double NormalisedSurfaceDistance(double tolerance) =>
        _forth.Length + _back.Length == 0 ? 1 : (double)(Within(_forth, tolerance) + Within(_back, tolerance)) / (_forth.Length + _back.Length);

    /// <summary>The harmonic mean of the shares of either surface that lie within a tolerance of the other, in [0,1].</summary>
    /// <param name="tolerance">In the spacing's unit, at least 0.</param>
    public double BoundaryF(double tolerance)
    {
        if (_forth.Length == 0 || _back.Length == 0)
        {
            return IsOneEmpty ? 0 : 1;
        }

        var (precision, recall) = ((double)Within(_forth, tolerance) / _forth.Length, (double)Within(_back, tolerance) / _back.Length);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static SurfaceDistances Measure(IReadOnlyList<BinaryMask> first, IReadOnlyList<BinaryMask> second, VoxelSpacing spacing, bool isFlat)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        spacing.Validate();
        Check(first, second);
        if (Window(first, second) is not { } window)
        {
            return new SurfaceDistances([], []);
        }

        var (a, b) = (new MaskSurface(first, window, isFlat), new MaskSurface(second, window, isFlat));
        return new SurfaceDistances(a.DistancesTo(b, spacing), b.DistancesTo(a, spacing));
    }

    private static void Check(IReadOnlyList<BinaryMask> first, IReadOnlyList<BinaryMask> second)
    {
        if (first.Count == 0 || first.Count != second.Count)
        {
            throw new ArgumentException($"Both volumes need the same number of slices, at least one; they have {first.Count} and {second.Count}.");
        }

        if (first.Concat(second).Select(slice => slice.Size).Distinct().Skip(1).Any())
        {
            throw new ArgumentException($"All slices must have one size; the first ones have {first[0].Size} and {second[0].Size}.");
        }
    }

    private static (int X0, int Y0, int Z0, int Width, int Height, int Depth)? Window(IReadOnlyList<BinaryMask> first, IReadOnlyList<BinaryMask> second)
    {
        var used = Enumerable.Range(0, first.Count)
            .SelectMany(z => (PixelRect[])[first[z].Bounds(), second[z].Bounds()], (z, bounds) => (z, bounds))
            .Where(slice => !slice.bounds.IsEmpty)
            .ToList();
        if (used.Count == 0)
        {
            return null;
        }

        var (x0, y0, z0) = (used.Min(s => s.bounds.X), used.Min(s => s.bounds.Y), used[0].z);
        return (x0, y0, z0, used.Max(s => s.bounds.Right) - x0, used.Max(s => s.bounds.Bottom) - y0, used[^1].z + 1 - z0);
    }

    private static double Last(double[] sorted) => sorted.Length == 0 ? 0 : sorted[^1];

    private static long Within(double[] sorted, double tolerance) => sorted.Count(distance => distance <= tolerance);

    private static double Percentile(double[] sorted, double percent)
    {
        if (sorted.Length == 0)
        {
            return 0;
        }

        var position = percent / 100 * (sorted.Length - 1);
        var low = (int)Math.Floor(position);
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((sorted[high] - sorted[low]) * (position - low));
    }

    private double Mean(IEnumerable<double> distances) => IsOneEmpty ? double.PositiveInfinity : distances.DefaultIfEmpty(0).Average();
}
