namespace Maskwright.Datasets.Checking;

/// <summary>What counts as wrong.</summary>
public sealed record DatasetCheckOptions
{
    /// <summary>In how many of 128 bits the fingerprints of two images may differ for one to count as a copy of the other; 0 to 15, default 10.</summary>
    /// <remarks>On public sets of photos, street scenes and microscopy, copies of 0.6 times the size, noisy and less contrasty, lay within 10 bits in 99 of 100 cases; different photos lay beyond 20.</remarks>
    public int LookAlikeBits { get; init; } = 10;

    /// <summary>From which IoU on two objects of one class count as the same; above 0, at most 1, default 0.9.</summary>
    public double DuplicateIou { get; init; } = 0.9;

    /// <summary>How many ranks of edge strength, in [0,1], a shift must gain to be told; default 0.08.</summary>
    public double MinEdgeGain { get; init; } = 0.08;

    /// <summary>How far a mask must be off to be told, in pixels; default 3.</summary>
    public double MinShiftPixels { get; init; } = 3;

    /// <summary>Below which mean rank of edge strength a border counts as lying on no edges; default 0.4, where 0.5 is a border at random.</summary>
    public double MinEdgeStrength { get; init; } = 0.4;

    /// <summary>By what share an area or a box's side may differ from the mask's own, besides 2 pixels; default 0.1.</summary>
    public double MeasureTolerance { get; init; } = 0.1;

    /// <summary>Whether masks are compared with the edges of their images.</summary>
    public bool ChecksEdges { get; init; } = true;

    /// <summary>Looks for options out of their ranges.</summary>
    /// <exception cref="ArgumentException">All faults in one message.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(LookAlikeBits is >= 0 and <= LookAlikes.MaxDistance, $"{nameof(LookAlikeBits)} is {LookAlikeBits}, not 0 to {LookAlikes.MaxDistance}");
        Require(DuplicateIou is > 0 and <= 1, $"{nameof(DuplicateIou)} is {DuplicateIou}, not above 0 and at most 1");
        Require(MinEdgeGain is >= 0 and <= 1, $"{nameof(MinEdgeGain)} is {MinEdgeGain}, not 0 to 1");
        Require(MinShiftPixels is >= 0 and <= EdgeAgreement.MaxShiftPixels, $"{nameof(MinShiftPixels)} is {MinShiftPixels}, not 0 to {EdgeAgreement.MaxShiftPixels}");
        Require(MinEdgeStrength is >= 0 and <= 1, $"{nameof(MinEdgeStrength)} is {MinEdgeStrength}, not 0 to 1");
        Require(MeasureTolerance is >= 0 and <= 1, $"{nameof(MeasureTolerance)} is {MeasureTolerance}, not 0 to 1");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
