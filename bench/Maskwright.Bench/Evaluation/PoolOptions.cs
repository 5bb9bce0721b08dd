namespace Maskwright.Bench.Evaluation;

/// <summary>On which images <see cref="TreeEvaluation"/> works.</summary>
internal sealed record PoolOptions
{
    /// <summary>The folder with <c>train.tsv</c> and <c>dev.tsv</c>.</summary>
    public required string MasksFolder { get; init; }

    /// <summary><c>train</c> or <c>dev</c>.</summary>
    public string Pool { get; init; } = "dev";

    /// <summary>The sets to measure on; empty means all.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Images of each set, drawn by the seed.</summary>
    public int ImagesPerSet { get; init; } = 20;

    /// <summary>Objects of each image, drawn by the seed.</summary>
    public int ObjectsPerImage { get; init; } = 10;

    /// <summary>Draws images and objects.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Reads <c>--data --pool --set --limit --objects --seed</c>.</summary>
    public static PoolOptions Parse(string[] arguments)
    {
        string Value(string name, string fallback) => Array.IndexOf(arguments, name) is var at and >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : fallback;
        int Number(string name, int fallback) => int.Parse(Value(name, fallback.ToString(System.Globalization.CultureInfo.InvariantCulture)), System.Globalization.CultureInfo.InvariantCulture);
        return new PoolOptions
        {
            MasksFolder = Value("--data", "masks"),
            Pool = Value("--pool", "dev"),
            Sets = Value("--set", string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries),
            ImagesPerSet = Number("--limit", 20),
            ObjectsPerImage = Number("--objects", 10),
            Seed = Number("--seed", 1),
        };
    }
}
