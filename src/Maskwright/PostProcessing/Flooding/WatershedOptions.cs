using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>How a watershed spreads.</summary>
public sealed record WatershedOptions
{
    /// <summary>Which neighbours a pixel spreads to.</summary>
    public Connectivity Connectivity { get; init; } = Connectivity.Four;

    /// <summary>Where labels may spread; null means everywhere. Markers outside are left out.</summary>
    public BinaryMask? Mask { get; init; }
}
