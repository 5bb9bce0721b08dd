using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>What one pass over logits finds.</summary>
/// <param name="IsStable">Whether the mask is as stable as was asked.</param>
/// <param name="Stability">The mask's stability; 0 where the wider mask is empty.</param>
/// <param name="Bounds">Bounds of the mask; empty for one that is not stable.</param>
/// <param name="Mask">The mask; null for one that is not stable, or has more runs than was asked.</param>
internal readonly record struct MeasuredCut(bool IsStable, double Stability, PixelRect Bounds, RunLengthMask? Mask);
