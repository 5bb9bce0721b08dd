namespace Maskwright.Networks.Classic;

/// <summary>A region that may be an object.</summary>
/// <param name="Leaves">The finest regions in it.</param>
/// <param name="Quality">Predicted IoU with the object, 0 to 1.</param>
/// <param name="Survival">For how much of the merging it stays as it is, 0 to 1.</param>
internal sealed record RegionCandidate(LeafSet Leaves, float Quality, float Survival);
