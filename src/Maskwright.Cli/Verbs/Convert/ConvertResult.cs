using System.Globalization;
using System.Text.Json;
using Maskwright.Cli.Reporting;
using Maskwright.Formats.Datasets;

namespace Maskwright.Cli.Verbs.Convert;

/// <summary>What a conversion did, for people and for programs.</summary>
internal sealed record ConvertResult(IReadOnlyList<string> From, string To, string Output, LossReport Loss, SkippedList Skipped, TimeSpan Elapsed)
{
    private const int MaxLines = 20;

    /// <summary>Says where the result is and what was lost; what was left out goes to standard error.</summary>
    public void Say(Speaker speaker, bool isQuiet)
    {
        foreach (var item in Skipped.Items.Take(MaxLines))
        {
            speaker.Complain($"maskwright: left out: {item}");
        }

        if (Skipped.Count > MaxLines)
        {
            speaker.Complain($"maskwright: left out: {Skipped.Count - MaxLines} more; --json lists up to {SkippedList.MaxItems}");
        }

        if (isQuiet)
        {
            return;
        }

        speaker.Say($"{Output}: {Count(Loss.Images, "image")}, {Count(Loss.Objects, "object")}, {string.Join(" and ", From)} to {To}");
        speaker.Say($"  {Loss.Summary}");
        foreach (var entry in Loss.Entries.Where(entry => entry.Example is not null))
        {
            speaker.Say($"  {entry.Words}: {(entry.Count == 1 ? string.Empty : "first ")}{entry.Example}");
        }

        if (Loss.WorstIou < 1)
        {
            speaker.Say($"  worst mask: {Loss.WorstObject}");
        }
    }

    /// <summary>Says the same as one JSON document.</summary>
    public void SayJson(Speaker speaker) => speaker.Say(JsonSerializer.Serialize(
        new
        {
            Output,
            From,
            To,
            Loss.Images,
            Loss.Objects,
            Loss.IsLossless,
            Loss.Summary,
            Losses = Loss.Entries.Select(entry => new { Kind = JsonReporter.Format.PropertyNamingPolicy?.ConvertName(entry.Kind.ToString()), entry.Count, entry.Example }),
            Loss.WorstIou,
            Loss.WorstObject,
            SkippedCount = Skipped.Count,
            Skipped = Skipped.Items.Select(item => new { item.Path, item.Line, item.Reason, item.IsFault }),
            Seconds = Math.Round(Elapsed.TotalSeconds, 3),
        },
        JsonReporter.Format));

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? string.Empty : "s")}");
}
