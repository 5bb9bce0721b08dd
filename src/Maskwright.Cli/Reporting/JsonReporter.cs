using System.Text.Json;
using System.Text.Json.Serialization;

namespace Maskwright.Cli.Reporting;

/// <summary>One line of JSON an image on standard output, for programs.</summary>
internal sealed class JsonReporter(Speaker speaker) : IRunReporter
{
    /// <summary>Names as in the other tools' files: lower case with underscores.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Done(ImageOutcome outcome) => Write(new
    {
        outcome.Input,
        Status = "done",
        outcome.Size.Width,
        outcome.Size.Height,
        Masks = outcome.Proposals.Select(proposal => new
        {
            proposal.Area,
            Bbox = (int[])[proposal.Bounds.X, proposal.Bounds.Y, proposal.Bounds.Width, proposal.Bounds.Height],
            proposal.PredictedIou,
            proposal.StabilityScore,
            PointCoords = proposal.PromptPoint is { } point ? (double[])[point.X, point.Y] : null,
            proposal.Label,
            proposal.ClassNumber,
        }),
        outcome.Files,
        Seconds = Math.Round(outcome.Elapsed.TotalSeconds, 3),
        Stages = outcome.Report?.Stages,
        outcome.Report?.Coverage,
    });

    public void Skipped(string input, string reason) => Write(new { Input = input, Status = "skipped", Reason = reason });

    public void Failed(string input, string reason)
    {
        Write(new { Input = input, Status = "failed", Reason = reason });
        speaker.Complain(reason.Contains(input, StringComparison.Ordinal) ? $"maskwright: {reason}" : $"maskwright: {input}: {reason}");
    }

    public void Finished(int done, int skipped, int failed)
    {
    }

    private void Write<T>(T line) => speaker.Say(JsonSerializer.Serialize(line, Format));
}
