namespace Maskwright.Bench.Fuzzing;

/// <summary>Sound input to begin from: files by their relative path, and which file or folder of them is opened.</summary>
/// <param name="Files">The files.</param>
/// <param name="Open">The relative path that is opened; empty for the folder of all.</param>
internal sealed record FuzzSeed(IReadOnlyDictionary<string, byte[]> Files, string Open)
{
    /// <summary>Files in this folder lie beside the input and stay sound.</summary>
    public const string ImageFolder = "images";

    /// <summary>One file.</summary>
    public static FuzzSeed Of(string name, byte[] content) => new(new Dictionary<string, byte[]> { [name] = content }, name);

    /// <summary>The files that may be damaged.</summary>
    public IReadOnlyList<string> Targets => [.. Files.Keys.Where(name => !name.StartsWith(ImageFolder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
