using System.Text.Json;
using System.Text.Json.Nodes;

namespace Maskwright.Cli.Training.Reports;

/// <summary>The lines of a run's log or of its judgements: what was logged by a start that was killed and made again by the next is left out.</summary>
/// <param name="Entries">By rising step.</param>
/// <param name="Seconds">The time that all starts took together.</param>
internal sealed record RunLog(IReadOnlyList<JsonObject> Entries, double Seconds)
{
    private const string StepKey = "step";
    private const string SecondsKey = "seconds";

    /// <summary>Reads a log; nothing where there is none.</summary>
    /// <exception cref="ToolException">A line is not as this tool writes it.</exception>
    public static RunLog Read(string path)
    {
        var (entries, seconds, last) = (new List<JsonObject>(), 0.0, 0.0);
        foreach (var (number, line) in (File.Exists(path) ? File.ReadLines(path) : []).Index())
        {
            var entry = Parse(path, number + 1, line);
            var (step, time) = (Step(entry), Number(entry, SecondsKey));
            while (entries.Count > 0 && Step(entries[^1]) >= step)
            {
                entries.RemoveAt(entries.Count - 1);
            }

            entries.Add(entry);
            seconds += time >= last ? time - last : time;
            last = time;
        }

        return new RunLog(entries, seconds);
    }

    /// <summary>Steps done.</summary>
    public static long Step(JsonObject entry) => (long)Number(entry, StepKey);

    /// <summary>A number of a line; not a number where it has none of that name.</summary>
    public static double Number(JsonObject entry, string name) => entry[name] is JsonValue value
        ? value.TryGetValue(out double number) ? number : double.NaN
        : double.NaN;

    /// <summary>The numbers of a group of a line, in its order.</summary>
    public static IReadOnlyDictionary<string, double> Numbers(JsonObject entry, string name) => new OrderedDictionary<string, double>(
        entry[name] is JsonObject group ? group.Select(pair => KeyValuePair.Create(pair.Key, Number(group, pair.Key))) : []);

    private static JsonObject Parse(string path, int number, string line)
    {
        try
        {
            var entry = JsonNode.Parse(line) as JsonObject;
            return entry is not null && !double.IsNaN(Number(entry, StepKey)) && !double.IsNaN(Number(entry, SecondsKey))
                ? entry
                : throw Fault(path, number, "it says neither step nor seconds", null);
        }
        catch (JsonException fault)
        {
            throw Fault(path, number, fault.Message, fault);
        }
    }

    private static ToolException Fault(string path, int number, string reason, Exception? inner) =>
        new(ExitCode.SomeInputsFailed, $"{path}, line {number}: is no line of a training log: {reason}", inner);
}
