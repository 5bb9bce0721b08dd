using System.Text.Json;

namespace Maskwright.Cli.Tests.Verbs.Evaluate;

/// <summary>The numbers of a JSON report.</summary>
internal sealed class ScoreFile(string path)
{
    private readonly JsonElement _root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    public JsonElement Root => _root;

    /// <summary>A value; NaN where the report has none.</summary>
    public double Value(string measure, string table = "overall", string? group = null, int model = 0) => Number(Row(table, group, model).GetProperty(measure).GetProperty("value"));

    /// <summary>All values of the first row of a table, in their order.</summary>
    public double[] Values(string table = "overall", string? group = null, int model = 0) =>
        [.. Row(table, group, model).EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object).Select(p => Number(p.Value.GetProperty("value")))];

    private JsonElement Row(string table, string? group, int model) =>
        _root.GetProperty("models")[model].GetProperty("scores").GetProperty(table).EnumerateArray().First(row => group is null || row.GetProperty("group").GetString() == group);

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();
}
