namespace Maskwright.Segmentation;

/// <summary>An entry of the embedding cache that could not be used.</summary>
/// <param name="Path">The entry's file.</param>
/// <param name="Reason">What is wrong, as part of a sentence without a full stop.</param>
public sealed record EmbeddingCacheFault(string Path, string Reason);
