namespace Maskwright.Networks.Classic;

/// <summary>Where two regions touch.</summary>
/// <param name="One">A region.</param>
/// <param name="Other">The other region.</param>
/// <param name="Length">Pairs of touching pixels.</param>
/// <param name="Strength">Sum of the boundary strength over these pairs; each in about [0,1].</param>
internal readonly record struct RegionBorder(int One, int Other, int Length, float Strength);
