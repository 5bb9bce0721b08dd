namespace Maskwright.Training.Validation;

/// <summary>How a network is judged while it learns; nothing is judged unless images are named or held out.</summary>
public sealed record ValidationOptions
{
    /// <summary>What it is judged on, in the data folder: a table of images such as <c>dev.tsv</c>, or a dataset; null for none.</summary>
    public string? Data { get; init; }

    /// <summary>The share of the training photos that is held out for judging instead of being learned from, 0 to 0.9.</summary>
    public double Fraction { get; init; }

    /// <summary>Steps between judgements; the last step is always judged.</summary>
    public int Every { get; init; } = 200;

    /// <summary>The most images that are looked at, drawn evenly from the sets by the recipe's seed; 0 for all.</summary>
    public int Images { get; init; } = 50;

    /// <summary>Objects an image that a promptable network is asked for, at most.</summary>
    public int ObjectsPerImage { get; init; } = 4;

    /// <summary>The measure by which one judgement is better than another; null for the first that the network has.</summary>
    public string? Measure { get; init; }

    /// <summary>Judgements in a row without a new best after which the run ends; null to go through all steps.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether anything is judged.</summary>
    internal bool IsWanted => Data is not null || Fraction > 0;

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="ArgumentException">Some value is out of range; the message names all such.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Add(!(Fraction is >= 0 and <= 0.9), $"fraction {Fraction} is not in [0, 0.9]");
        Add(Data is not null && Fraction > 0, "data and fraction exclude each other");
        Add(Every < 1, $"every {Every} is under 1");
        Add(Images < 0, $"images {Images} is negative");
        Add(ObjectsPerImage < 1, $"objectsPerImage {ObjectsPerImage} is under 1");
        Add(Patience is < 1, $"patience {Patience} is under 1");
        Add(!IsWanted && (Patience is not null || Measure is not null), "patience and measure need data or fraction to judge on");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"validation: {string.Join("; ", faults)}");
        }

        void Add(bool isWrong, string fault) => faults.AddRange(isWrong ? [fault] : []);
    }
}
