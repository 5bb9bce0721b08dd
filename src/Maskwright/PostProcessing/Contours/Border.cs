using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>A border that was followed.</summary>
/// <param name="Points">Its pixels in order.</param>
/// <param name="IsHole">Whether it surrounds a hole.</param>
/// <param name="Parent">The number of the border that encloses it; -1 for the image's frame.</param>
internal sealed record Border(PixelPosition[] Points, bool IsHole, int Parent);
