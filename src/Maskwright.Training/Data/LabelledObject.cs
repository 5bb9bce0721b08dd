using Maskwright.Geometry;

namespace Maskwright.Training.Data;

/// <summary>One object of an annotation.</summary>
/// <param name="Layer">The layer in which it stands.</param>
/// <param name="Id">Its number in that layer, 1 to 65534.</param>
/// <param name="Area">The number of its pixels.</param>
/// <param name="Bounds">The smallest rectangle that holds it.</param>
public readonly record struct LabelledObject(int Layer, ushort Id, long Area, PixelRect Bounds)
{
    /// <summary>What it is, 1 for the first class; 1 where classes are of no matter.</summary>
    public int Class { get; init; } = 1;
}
