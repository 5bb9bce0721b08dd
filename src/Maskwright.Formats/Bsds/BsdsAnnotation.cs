using Maskwright.Masks;

namespace Maskwright.Formats.Bsds;

/// <summary>What one annotator of BSDS drew.</summary>
/// <param name="Regions">The regions, labelled from 1.</param>
/// <param name="Boundaries">The lines between them.</param>
public sealed record BsdsAnnotation(LabelMap Regions, BinaryMask Boundaries);
