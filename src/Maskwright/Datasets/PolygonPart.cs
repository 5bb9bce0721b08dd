using Maskwright.Geometry;

namespace Maskwright.Datasets;

/// <summary>One piece of an object: an outer ring and the holes in it.</summary>
/// <param name="Outer">The corners of the outer ring; the last is joined to the first, which is not repeated. Either direction.</param>
public sealed record PolygonPart(IReadOnlyList<PixelPoint> Outer)
{
    /// <summary>The holes, rings like the outer one, lying within it; empty for none.</summary>
    public IReadOnlyList<IReadOnlyList<PixelPoint>> Holes { get; init; } = [];

    /// <summary>The outer ring and the holes.</summary>
    public IEnumerable<IReadOnlyList<PixelPoint>> Rings => Holes.Prepend(Outer);

    /// <summary>A part without holes from pairs of numbers.</summary>
    /// <param name="xy">x0, y0, x1, y1, ...</param>
    /// <exception cref="ArgumentException">A coordinate has no partner.</exception>
    public static PolygonPart FromNumbers(ReadOnlySpan<double> xy) => new(RingNumbers.Pairs(xy));

    /// <summary>The corners of a ring as pairs of numbers.</summary>
    /// <param name="ring">The ring.</param>
    /// <returns>x0, y0, x1, y1, ...</returns>
    public static double[] ToNumbers(IReadOnlyList<PixelPoint> ring) => RingNumbers.Of(ring);

    /// <summary>Whether both parts have the same corners in the same order.</summary>
    /// <param name="other">The part to compare with.</param>
    public bool Equals(PolygonPart? other) =>
        other is not null && Outer.SequenceEqual(other.Outer) && Holes.Count == other.Holes.Count && Holes.Zip(other.Holes).All(pair => pair.First.SequenceEqual(pair.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Outer.Count, Outer.Count > 0 ? Outer[0] : default, Holes.Count);
}
