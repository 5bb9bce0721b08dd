using System.Globalization;
using System.Text.Json;
using Maskwright.Cli.Reporting;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>Says what became of the inputs: for people a line for each and one table, for programs a line of JSON for each.</summary>
internal sealed class PostReport(Surroundings surroundings, bool isJson, bool isQuiet)
{
    private static readonly string[] _heading = ["step", "masks", "changed", "dropped", "added", "pixels added", "pixels removed", "holes filled", "pieces removed", "worst IoU"];

    private readonly Speaker _speaker = new(surroundings);
    private IReadOnlyList<StepChanges>? _sum;

    public void Done(PostOutcome outcome)
    {
        _sum = _sum is null ? outcome.Steps : [.. _sum.Zip(outcome.Steps, (a, b) => a.Plus(b))];
        foreach (var item in outcome.Skipped)
        {
            _speaker.Complain($"maskwright: left out: {item}");
        }

        if (isJson)
        {
            Write(outcome);
        }
        else if (!isQuiet)
        {
            var lost = outcome.Loss is { IsLossless: false } loss ? $"; {loss.Summary}" : string.Empty;
            var images = outcome.Images == 1 ? string.Empty : $" on {outcome.Images} images";
            _speaker.Say($"{outcome.Input}: {Masks(outcome.MasksBefore)}{images}, now {outcome.MasksAfter} -> {outcome.Output}{lost}");
        }
    }

    public void Failed(string input, string reason)
    {
        if (isJson)
        {
            _speaker.Say(JsonSerializer.Serialize(new { Input = input, Status = "failed", Reason = reason }, JsonReporter.Format));
        }

        _speaker.Complain(reason.Contains(input, StringComparison.Ordinal) ? $"maskwright: {reason}" : $"maskwright: {input}: {reason}");
    }

    public void Finished()
    {
        if (!isJson && !isQuiet && _sum is not null)
        {
            surroundings.Out.WriteLine();
            TextTable.Write(surroundings.Out, _heading, _sum.Select(Row));
        }
    }

    private static string Masks(long count) => count == 1 ? "1 mask" : $"{count} masks";

    private static string[] Row(StepChanges step) =>
    [
        step.Step, Text(step.MasksBefore), Text(step.MasksChanged), Text(step.MasksDropped), Text(step.MasksAdded), Text(step.PixelsAdded), Text(step.PixelsRemoved),
        Text(step.HolesFilled), Text(step.ComponentsRemoved),
        step.WorstMask is null ? "1" : string.Create(CultureInfo.InvariantCulture, $"{step.WorstIou:0.####} ({step.WorstMask})"),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Write(PostOutcome outcome) => _speaker.Say(JsonSerializer.Serialize(
        new
        {
            outcome.Input,
            Status = "done",
            outcome.Output,
            outcome.Images,
            outcome.MasksBefore,
            outcome.MasksAfter,
            outcome.Steps,
            Lost = outcome.Loss is { IsLossless: false } loss ? loss.Summary : null,
            Skipped = outcome.Skipped.Count > 0 ? outcome.Skipped.Select(item => item.ToString()) : null,
        },
        JsonReporter.Format));
}
