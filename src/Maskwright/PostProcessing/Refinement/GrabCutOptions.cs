namespace Maskwright.PostProcessing;

/// <summary>How far a cut may move a mask's border, and what it follows.</summary>
public sealed record GrabCutOptions
{
    /// <summary>Pixels this near to the mask's border may change sides; at least 1.</summary>
    public int BandPixels { get; init; } = 12;

    /// <summary>Colours within this many bands of the border tell what object and surroundings look like; at least 1.</summary>
    public int ReachBands { get; init; } = 3;

    /// <summary>Gaussians in each colour model, 1 to 16.</summary>
    public int Components { get; init; } = 5;

    /// <summary>Times that colour models are fitted and the cut is found; stops early when nothing changes. At least 1.</summary>
    public int Rounds { get; init; } = 4;

    /// <summary>How much the given probabilities count, beside colours; at least 0.</summary>
    public double PriorWeight { get; init; } = 1.3;

    /// <summary>How much colours count, beside the given probabilities; at least 0.</summary>
    public double ColorWeight { get; init; } = 1;

    /// <summary>The most, in nats, that a single pixel's colour can say for either side; above 0.</summary>
    public double MaxColorEvidence { get; init; } = 4;

    /// <summary>The cost of parting two neighbours of equal colour, in nats; at least 0.</summary>
    public double Smoothness { get; init; } = 5;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BandPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReachBands, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Components, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Components, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        CheckWeight(PriorWeight, nameof(PriorWeight));
        CheckWeight(ColorWeight, nameof(ColorWeight));
        CheckWeight(Smoothness, nameof(Smoothness));
        CheckWeight(MaxColorEvidence, nameof(MaxColorEvidence));
    }

    // Costs are counted in thousandths of a nat, and eight neighbours of a pixel must fit 31 bits.
    private static void CheckWeight(double weight, string name)
    {
        if (!(weight is >= 0 and <= 1000))
        {
            throw new ArgumentOutOfRangeException(name, weight, "Must be a number from 0 to 1000.");
        }
    }
}
