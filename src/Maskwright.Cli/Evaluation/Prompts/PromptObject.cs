using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>An object to be asked for.</summary>
/// <param name="Target">Its pixels.</param>
/// <param name="Class">Its class's name; null where the data names none.</param>
internal sealed record PromptObject(PromptTarget Target, string? Class);
