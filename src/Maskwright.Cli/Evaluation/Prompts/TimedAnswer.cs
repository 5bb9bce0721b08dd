using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>How well an object was found, and how long it took, in milliseconds; NaN where a time belongs to another object of the image.</summary>
internal sealed record TimedAnswer(PromptAnswer Answer, double AreaPixels, string? Class)
{
    public double Encode { get; init; } = double.NaN;

    public double Click { get; init; } = double.NaN;

    public double Box { get; init; } = double.NaN;

    public double Everything { get; init; } = double.NaN;

    public TimedAnswer WithoutTimes() => new(Answer, AreaPixels, Class);
}
