using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Spreads labels from markers over a landscape, from the lowest places up; they meet on the ridges.</summary>
/// <remarks>
/// Flooding by priority (Meyer 1991), with the order of scikit-image 0.19 <c>watershed</c>: lower pixels first, of equals the one reached first. Deviation:
/// markers of equal height go in raster order, where scikit-image leaves it to its heap.
/// </remarks>
public static class Watershed
{
    /// <summary>Spreads markers.</summary>
    /// <param name="elevation">[H,W] the landscape, row by row; no NaN.</param>
    /// <param name="markers">Labels to start from; 0 where there is none. Not changed.</param>
    /// <param name="options">How to spread; null means the defaults.</param>
    /// <returns>A label for every pixel that can be reached; 0 elsewhere.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or an elevation is NaN.</exception>
    public static LabelMap Flood(ReadOnlySpan<float> elevation, LabelMap markers, WatershedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(markers);
        options ??= new WatershedOptions();
        Check(elevation, markers.Size, options);
        return new FloodPlain(elevation, markers, options).Flood();
    }

    /// <summary>The specification of <see cref="Flood"/>: one queue by height, of equals by age.</summary>
    internal static LabelMap FloodScalar(ReadOnlySpan<float> elevation, LabelMap markers, WatershedOptions options)
    {
        var labels = markers.Labels.ToArray();
        var neighbours = new PixelNeighbours(markers.Size, options.Connectivity);
        var open = new PriorityQueue<int, (float Height, long Age)>();
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = Allows(options.Mask, i) ? labels[i] : 0;
            if (labels[i] != 0)
            {
                open.Enqueue(i, (elevation[i], i - (long)labels.Length));
            }
        }

        long age = 0;
        Span<int> around = stackalloc int[8];
        while (open.TryDequeue(out var at, out _))
        {
            foreach (var next in neighbours.Of(at, around))
            {
                if (labels[next] == 0 && Allows(options.Mask, next))
                {
                    labels[next] = labels[at];
                    open.Enqueue(next, (elevation[next], ++age));
                }
            }
        }

        return new LabelMap(markers.Size, labels);
    }

    /// <summary>Parts a mask where it is narrow: touching cells, grains, people.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="minNeckDepthPixels">Two parts stay two when each is deeper than the neck between them by this much; above 0.</param>
    /// <returns>Labels 1..n in raster order of the parts' deepest pixels, covering the mask exactly; 0 outside.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minNeckDepthPixels"/> is not positive.</exception>
    /// <remarks>The distance transform turned over, flooded from its maxima of enough dynamics (Grimaud 1992).</remarks>
    public static LabelMap Part(BinaryMask mask, double minNeckDepthPixels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minNeckDepthPixels);
        var depth = Array.ConvertAll(DistanceTransform.Of(mask).ToDistances(), value => Math.Min(value, float.MaxValue));
        var peaks = new DynamicMaxima(depth, mask.Size).Find(minNeckDepthPixels);
        var markers = new LabelMap(mask.Size, new int[depth.Length]);
        for (var i = 0; i < peaks.Count; i++)
        {
            markers.Labels[peaks[i]] = i + 1;
        }

        float[] elevation = [.. depth.Select(value => -value)];
        return Flood(elevation, markers, new WatershedOptions { Connectivity = Connectivity.Eight, Mask = mask });
    }

    private static bool Allows(BinaryMask? mask, int pixel) => mask is null || mask[pixel % mask.Width, pixel / mask.Width];

    private static void Check(ReadOnlySpan<float> elevation, ImageSize size, WatershedOptions options)
    {
        if (elevation.Length != size.PixelCount || (options.Mask is { } mask && mask.Size != size))
        {
            throw new ArgumentException($"Markers of {size} need as many elevations and a mask of that size, not {elevation.Length} and {options.Mask?.Size}.");
        }

        foreach (var height in elevation)
        {
            if (float.IsNaN(height))
            {
                throw new ArgumentException("An elevation is NaN.", nameof(elevation));
            }
        }
    }
}
