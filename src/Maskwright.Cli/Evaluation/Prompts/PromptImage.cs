namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>An image of an evaluation set.</summary>
/// <param name="Set">The set that it belongs to.</param>
/// <param name="Path">The file.</param>
/// <param name="ReadObjects">Reads its objects, always in the same order.</param>
internal sealed record PromptImage(string Set, string Path, Func<CancellationToken, IReadOnlyList<PromptObject>> ReadObjects);
