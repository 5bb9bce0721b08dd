namespace Maskwright.Cli.Inputs;

/// <summary>An input that names nothing to work on.</summary>
/// <param name="Path">What the user typed.</param>
/// <param name="Reason">Why it yields no image, as part of a sentence.</param>
internal sealed record MissingInput(string Path, string Reason);
