namespace Maskwright.Training.Interaction;

/// <summary>How prompts are simulated.</summary>
public sealed record InteractionOptions
{
    /// <summary>P, prompts of each photo and step.</summary>
    public int PromptsPerImage { get; init; } = 8;

    /// <summary>The probability that an object is drawn with all sizes alike rather than all objects.</summary>
    public double SizesAlike { get; init; } = 0.25;

    /// <summary>The most rounds of a step.</summary>
    public int MaxRounds { get; init; } = 3;

    /// <summary>The probability of another round after each, up to the most.</summary>
    public double ContinueProbability { get; init; } = 0.5;

    /// <summary>The probability that the first prompt is a box.</summary>
    public double BoxProbability { get; init; } = 0.3;

    /// <summary>The probability that a click goes to the middle of its region rather than anywhere in it.</summary>
    public double CentreProbability { get; init; } = 0.6;

    /// <summary>The deviation of a box's sides from the truth, as a part of the object's width or height.</summary>
    public double BoxNoise { get; init; } = 0.06;

    /// <summary>The probability that the hierarchy of a crop's regions is asked as well, for networks that want to hear of it.</summary>
    public double RegionsProbability { get; init; } = 0.9;

    /// <summary>Objects of which fewer crop pixels are seen are not asked for.</summary>
    public int MinVisiblePixels { get; init; } = 48;

    /// <summary>Objects that fill more of the crop than this are not asked for.</summary>
    public double MaxCropFraction { get; init; } = 0.92;

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="ArgumentException">Some value is out of range; the message names all such.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Add(PromptsPerImage < 1, $"promptsPerImage {PromptsPerImage} is under 1");
        Add(MaxRounds < 1, $"maxRounds {MaxRounds} is under 1");
        Add(!(ContinueProbability is >= 0 and <= 1), $"continueProbability {ContinueProbability} is not in [0, 1]");
        Add(!(SizesAlike is >= 0 and <= 1), $"sizesAlike {SizesAlike} is not in [0, 1]");
        Add(!(BoxProbability is >= 0 and <= 1), $"boxProbability {BoxProbability} is not in [0, 1]");
        Add(!(CentreProbability is >= 0 and <= 1), $"centreProbability {CentreProbability} is not in [0, 1]");
        Add(!(RegionsProbability is >= 0 and <= 1), $"regionsProbability {RegionsProbability} is not in [0, 1]");
        Add(!(BoxNoise is >= 0 and < 1), $"boxNoise {BoxNoise} is not in [0, 1)");
        Add(MinVisiblePixels < 1, $"minVisiblePixels {MinVisiblePixels} is under 1");
        Add(!(MaxCropFraction is > 0 and <= 1), $"maxCropFraction {MaxCropFraction} is not in (0, 1]");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }

        void Add(bool isWrong, string fault) => faults.AddRange(isWrong ? [fault] : []);
    }
}
