namespace Maskwright.Cli.Evaluation;

/// <summary>A group of items.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many there are; null where that says nothing.</param>
internal sealed record ScoreRow(string Name, long? Count = null);
