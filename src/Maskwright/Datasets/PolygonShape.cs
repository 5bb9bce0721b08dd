using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Datasets;

/// <summary>An object drawn as polygons: the union of its parts.</summary>
/// <param name="Parts">The parts; none for an empty object.</param>
public sealed record PolygonShape(IReadOnlyList<PolygonPart> Parts) : ObjectShape
{
    /// <summary>Whether a part has a hole.</summary>
    public bool HasHoles => Parts.Any(part => part.Holes.Count > 0);

    /// <summary>The number of holes in all parts.</summary>
    public int HoleCount => Parts.Sum(part => part.Holes.Count);

    /// <inheritdoc/>
    public override ObjectBox Bounds
    {
        get
        {
            var corners = Parts.SelectMany(part => part.Outer).ToList();
            if (corners.Count == 0)
            {
                return default;
            }

            var (left, top) = (corners.Min(corner => corner.X), corners.Min(corner => corner.Y));
            return new ObjectBox(left, top, corners.Max(corner => corner.X) - left, corners.Max(corner => corner.Y) - top);
        }
    }

    /// <summary>Parts without holes from lists of numbers, as COCO writes them.</summary>
    /// <param name="polygons">Each x0, y0, x1, y1, ...</param>
    /// <exception cref="ArgumentException">A coordinate has no partner.</exception>
    public static PolygonShape FromNumbers(IEnumerable<double[]> polygons)
    {
        ArgumentNullException.ThrowIfNull(polygons);
        return new PolygonShape([.. polygons.Select(xy => PolygonPart.FromNumbers(xy))]);
    }

    /// <inheritdoc/>
    /// <remarks>Without holes pixel for pixel as pycocotools' <c>frPyObjects</c> and <c>merge</c>. A hole is filled alike and taken out of its own part only.</remarks>
    public override RunLengthMask ToMask(ImageSize size) =>
        Parts.Count == 0 ? RunLengthMask.Empty(size) : RunLengthMask.Union(Parts.Select(part => Fill(part, size)));

    /// <inheritdoc/>
    public override PolygonShape ToPolygons(ImageSize size) => this;

    /// <summary>The same parts with their holes filled.</summary>
    public PolygonShape WithoutHoles() => HasHoles ? new([.. Parts.Select(part => new PolygonPart(part.Outer))]) : this;

    /// <summary>Whether both shapes have the same corners in the same order.</summary>
    /// <param name="other">The shape to compare with.</param>
    public bool Equals(PolygonShape? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parts.Count, Parts.Count > 0 ? Parts[0] : null);

    private static RunLengthMask Fill(PolygonPart part, ImageSize size)
    {
        var mask = PolygonRasteriser.Fill(size, RingNumbers.Of(part.Outer));
        return part.Holes.Count == 0 ? mask : mask.Except(PolygonRasteriser.FillAll(size, [.. part.Holes.Select(RingNumbers.Of)]));
    }
}
