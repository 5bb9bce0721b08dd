namespace Maskwright.Cli.Evaluation.Files;

/// <summary>A file of the ground truth, with the file of each prediction that belongs to it.</summary>
/// <param name="Name">What it is called: its path below the folder, without ending; for a single file its name.</param>
/// <param name="Truth">The file of the ground truth.</param>
/// <param name="Predictions">One file a prediction.</param>
internal sealed record PairedFile(string Name, string Truth, IReadOnlyList<string> Predictions);
