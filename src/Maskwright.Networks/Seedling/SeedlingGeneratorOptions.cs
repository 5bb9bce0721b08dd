namespace Maskwright.Networks.Seedling;

/// <summary>The settings of <see cref="SeedlingGenerator"/>.</summary>
public sealed record SeedlingGeneratorOptions
{
    /// <summary>The most prompts asked for on one image, at least 1; the time grows with them.</summary>
    public int MostPrompts { get; init; } = 128;

    /// <summary>The most regions of the image's hierarchy that are offered beside the answers, at least 0; none at 0. Below <see cref="RegionIouThreshold"/> there are no more.</summary>
    public int MostRegions { get; init; } = 1000;

    /// <summary>Answers whose predicted IoU is not above this are dropped.</summary>
    public double PredIouThreshold { get; init; } = 0.4;

    /// <summary>Regions whose predicted IoU is not above this are dropped. More is asked of them, as they know nothing of what things are: below it most are patches of a smooth surface.</summary>
    public double RegionIouThreshold { get; init; } = 0.6;

    /// <summary>Masks whose stability is below this are dropped; 0 to 1.</summary>
    public double StabilityScoreThreshold { get; init; } = 0.5;

    /// <summary>How far the cut is moved to measure stability, in logits, at least 0.</summary>
    public double StabilityScoreOffset { get; init; } = 1.0;

    /// <summary>Of two masks with a greater IoU than this, the one of lower predicted IoU is dropped; 0 to 1.</summary>
    public double NmsThreshold { get; init; } = 0.8;

    /// <summary>Masks of a greater share of the image than this explain nothing: what lies in them is still asked for; 0 to 1.</summary>
    public double LargestExplainingShare { get; init; } = 0.2;

    /// <summary>Refuses settings that cannot be used.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names all of them.</exception>
    public void Validate()
    {
        (string Name, double Value, double Low, double High)[] ranges =
        [
            ("the number of prompts", MostPrompts, 1, 1 << 20),
            ("the number of regions", MostRegions, 0, 1 << 20),
            ("the predicted IoU", PredIouThreshold, double.MinValue, double.MaxValue),
            ("the predicted IoU of regions", RegionIouThreshold, double.MinValue, double.MaxValue),
            ("the stability score", StabilityScoreThreshold, 0, 1),
            ("the stability offset", StabilityScoreOffset, 0, double.MaxValue),
            ("the IoU of duplicates", NmsThreshold, 0, 1),
            ("the share of the image", LargestExplainingShare, 0, 1),
        ];
        var faults = ranges.Where(r => !(r.Value >= r.Low && r.Value <= r.High)).Select(r => FormattableString.Invariant($"{r.Name} must lie from {r.Low} to {r.High}, not {r.Value}")).ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", faults) + ".");
        }
    }
}
