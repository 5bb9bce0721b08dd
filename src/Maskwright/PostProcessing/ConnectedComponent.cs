using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>One connected region of a mask.</summary>
/// <param name="Label">1 for the first component, in the order in which a reader of lines meets them.</param>
/// <param name="Area">The number of pixels.</param>
/// <param name="Bounds">The smallest rectangle that holds it.</param>
/// <param name="Centroid">The mean of the pixels' column and row numbers, as OpenCV has it: a single pixel at (3, 4) has the centroid (3, 4).</param>
public sealed record ConnectedComponent(int Label, long Area, PixelRect Bounds, PixelPoint Centroid);
