using System.Text.Json;

namespace Maskwright.Testing;

/// <summary>One case of <c>shared/goldens/open</c>: the numbers that a reference implementation produced.</summary>
public sealed class GoldenCase
{
    private readonly string _groupFolder;

    private GoldenCase(string groupFolder, string name, JsonElement root)
    {
        _groupFolder = groupFolder;
        Name = name;
        Root = root;
    }

    /// <summary>The case's name, <c>group/case</c>.</summary>
    public string Name { get; }

    /// <summary>The whole document.</summary>
    public JsonElement Root { get; }

    /// <summary>What the reference was configured with.</summary>
    public JsonElement Config => Root.GetProperty("config");

    /// <summary>What went in.</summary>
    public JsonElement Inputs => Root.GetProperty("inputs");

    /// <summary>What came out, as JSON, for outputs that are not arrays.</summary>
    public JsonElement Outputs => Root.GetProperty("outputs");

    /// <summary>The salt of the synthetic weights; empty for most cases.</summary>
    public string Salt => Root.GetProperty("weights").GetProperty("salt").GetString() ?? string.Empty;

    /// <summary>The names of the outputs that are arrays.</summary>
    public IEnumerable<string> ArrayNames => Outputs.EnumerateObject().Where(p => IsArray(p.Value)).Select(p => p.Name);

    /// <summary>Opens <c>group/name.json</c>; skips the test where the goldens are missing.</summary>
    public static GoldenCase Open(string group, string name)
    {
        var file = Goldens.Open(group, name + ".json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return new GoldenCase(Path.GetDirectoryName(file)!, $"{group}/{name}", document.RootElement.Clone()); // A file always lies in a folder.
    }

    /// <summary>Whether the case has an array output of this name.</summary>
    public bool Has(string output) => Outputs.TryGetProperty(output, out var value) && IsArray(value);

    /// <summary>An array output.</summary>
    public GoldenArray Output(string output) => Outputs.TryGetProperty(output, out var value) && IsArray(value)
        ? new GoldenArray($"{Name}:{output}", value, _groupFolder)
        : throw new KeyNotFoundException($"{Name} has no array output '{output}'; it has {string.Join(", ", ArrayNames)}.");

    private static bool IsArray(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("shape", out _) && value.TryGetProperty("dtype", out _);
}
