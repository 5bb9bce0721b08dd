namespace Maskwright.Cli.Inputs;

/// <summary>What the inputs of a command line came to.</summary>
internal sealed record InputList(IReadOnlyList<InputFile> Files, IReadOnlyList<MissingInput> Missing);
