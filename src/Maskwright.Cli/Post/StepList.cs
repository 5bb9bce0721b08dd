using System.Text.Json;
using Maskwright.Cli.Reporting;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>Tells every step with its parameters, for people and for programs.</summary>
internal static class StepList
{
    /// <summary>One entry a step: how it is written, and what it and its values mean.</summary>
    public static IReadOnlyList<(string Usage, string Text)> Rows { get; } = [.. PostProcessingStep.Known.Select(step => (step.Usage, Explain(step)))];

    public static void WriteJson(TextWriter target) => target.WriteLine(JsonSerializer.Serialize(
        PostProcessingStep.Known.Select(step => new
        {
            step.Name,
            step.Usage,
            step.Summary,
            step.NeedsImage,
            Parameters = step.Parameters.Select(parameter => new
            {
                parameter.Name,
                parameter.Meaning,
                parameter.Default,
                IsRequired = parameter.Default is null,
                Choices = parameter.Choices.Count > 0 ? parameter.Choices : null,
                Min = parameter.Choices.Count > 0 ? (double?)null : parameter.Min,
                Max = parameter.Choices.Count > 0 || parameter.Max == int.MaxValue ? (double?)null : parameter.Max,
            }),
        }),
        JsonReporter.Format));

    private static string Explain(StepDescription step) =>
        string.Join(' ', [step.Summary, .. step.Parameters.Select(parameter => $"{parameter.Name}: {parameter.Meaning}."), .. step.NeedsImage ? ["Needs the image."] : Array.Empty<string>()]);
}
