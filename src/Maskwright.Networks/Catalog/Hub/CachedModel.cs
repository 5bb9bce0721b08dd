namespace Maskwright.Networks.Catalog.Hub;

/// <summary>A model in the cache.</summary>
/// <param name="Repository">Repository, as <c>owner/name</c>.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Revisions">Its commits that are here.</param>
/// <param name="SizeBytes">Bytes on disk, each blob counted once, unfinished ones included.</param>
/// <param name="IncompleteBytes">Bytes of unfinished downloads among them.</param>
public sealed record CachedModel(string Repository, string Folder, IReadOnlyList<CachedRevision> Revisions, long SizeBytes, long IncompleteBytes);
