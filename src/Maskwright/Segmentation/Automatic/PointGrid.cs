using Maskwright.Geometry;

namespace Maskwright.Segmentation;

/// <summary>The points that automatic generation asks for, as fractions of width and height.</summary>
/// <remarks>segment-anything <c>build_point_grid</c> at dca509f: NumPy's <c>linspace(1/2n, 1 - 1/2n, n)</c> in float64, x fastest.</remarks>
internal static class PointGrid
{
    /// <summary>A regular grid.</summary>
    /// <param name="pointsPerSide">n, at least 1.</param>
    /// <returns>n x n points, row by row.</returns>
    public static IReadOnlyList<PixelPoint> Regular(int pointsPerSide)
    {
        var side = Side(pointsPerSide);
        return [.. from y in side from x in side select new PixelPoint(x, y)];
    }

    /// <summary>The grid of every crop layer.</summary>
    public static IReadOnlyList<IReadOnlyList<PixelPoint>> Layers(AutomaticMaskOptions options) => options.PointGrids
        ?? [.. Enumerable.Range(0, options.CropLayers + 1).Select(layer => Regular((int)(options.PointsPerSide / Math.Pow(options.CropPointsDownscaleFactor, layer))))];

    private static double[] Side(int n)
    {
        var (start, stop) = (1.0 / (2 * n), 1 - (1.0 / (2 * n)));
        var step = n > 1 ? (stop - start) / (n - 1) : 0;
        var side = new double[n];
        for (var i = 0; i < n; i++)
        {
            side[i] = i == n - 1 && n > 1 ? stop : (i * step) + start;
        }

        return side;
    }
}
