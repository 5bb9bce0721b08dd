using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>An object of a label map.</summary>
/// <param name="Label">Its label; of nested labels 1 for the whole, 2 for the part.</param>
/// <param name="Mask">Its pixels, at the map's size.</param>
public sealed record LabelObject(int Label, BinaryMask Mask);
