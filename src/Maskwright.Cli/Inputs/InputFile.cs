namespace Maskwright.Cli.Inputs;

/// <summary>An image to work on.</summary>
/// <param name="Path">Where it is, as the user would say it.</param>
/// <param name="ResultName">The name of its results inside the output folder, without an extension; unique in a run.</param>
internal sealed record InputFile(string Path, string ResultName);
