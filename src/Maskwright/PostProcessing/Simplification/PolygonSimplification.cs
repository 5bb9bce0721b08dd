using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>Leaves corners out of closed rings, several rings at once, so that outer rings, holes and neighbours stay apart.</summary>
/// <remarks>
/// Corners go one by one, the least important first. With topology kept, a corner goes only when the triangle it makes with its two neighbours holds no other
/// corner of any ring: then the new edge crosses nothing. A corner so held back may go later, when what stood in its way is gone. The corners that stay are
/// corners of the input.
/// </remarks>
public static class PolygonSimplification
{
    /// <summary>Simplifies by distance.</summary>
    /// <param name="rings">Closed rings of at least three corners each; the first corner is not repeated at the end.</param>
    /// <param name="tolerancePixels">How far a left-out corner may lie from the simpler line; at least 0.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <returns>As many rings, in their order and direction.</returns>
    /// <exception cref="ArgumentException">A ring has fewer than three corners, or one that is not finite.</exception>
    /// <remarks>Douglas and Peucker 1973, from the first corner and the one farthest from it. Topology may make it keep further corners.</remarks>
    public static IReadOnlyList<PixelPoint[]> DouglasPeucker(IReadOnlyList<PixelPoint[]> rings, double tolerancePixels, PolygonSimplificationOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tolerancePixels);
        Check(rings, options);
        var corners = new RingCorners(rings, options ?? new PolygonSimplificationOptions());
        var weights = rings.SelectMany(DouglasPeuckerWeights.Of).ToArray();
        corners.RemoveUpTo(tolerancePixels, corner => weights[corner], changesWithNeighbours: false);
        return corners.Rings();
    }

    /// <summary>Simplifies by area.</summary>
    /// <param name="rings">Closed rings of at least three corners each; the first corner is not repeated at the end.</param>
    /// <param name="minAreaPixels">Corners go whose triangle with their neighbours is not larger; at least 0. The area grows with the corners left out before.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <returns>As many rings, in their order and direction.</returns>
    /// <exception cref="ArgumentException">A ring has fewer than three corners, or one that is not finite.</exception>
    /// <remarks>Visvalingam and Whyatt 1993.</remarks>
    public static IReadOnlyList<PixelPoint[]> Visvalingam(IReadOnlyList<PixelPoint[]> rings, double minAreaPixels, PolygonSimplificationOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minAreaPixels);
        Check(rings, options);
        var corners = new RingCorners(rings, options ?? new PolygonSimplificationOptions());
        corners.RemoveUpTo(minAreaPixels, corners.TriangleArea, changesWithNeighbours: true);
        return corners.Rings();
    }

    /// <summary>The rings of an exact outline as input for simplification.</summary>
    /// <param name="outline">The outline.</param>
    /// <returns>Its rings in their order.</returns>
    public static IReadOnlyList<PixelPoint[]> RingsOf(PixelOutline outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        return [.. outline.Rings.Select(ring => Array.ConvertAll(ring.Corners.ToArray(), corner => new PixelPoint(corner.X, corner.Y)))];
    }

    private static void Check(IReadOnlyList<PixelPoint[]> rings, PolygonSimplificationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(rings);
        ArgumentOutOfRangeException.ThrowIfLessThan(options?.MinCorners ?? 3, 3, nameof(options));
        for (var i = 0; i < rings.Count; i++)
        {
            if (rings[i].Length < 3 || !rings[i].All(corner => corner.IsFinite))
            {
                throw new ArgumentException($"Ring {i} has fewer than three corners, or one that is not finite.", nameof(rings));
            }
        }
    }
}
