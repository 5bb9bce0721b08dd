namespace Maskwright.Networks.Catalog.Hub;

/// <summary>One commit of a model in the cache.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Folder">Its snapshot folder.</param>
/// <param name="References">Branches and tags that name it here; empty when none does.</param>
/// <param name="Files">Its files that are here, by path.</param>
public sealed record CachedRevision(string Commit, string Folder, IReadOnlyList<string> References, IReadOnlyList<CachedFile> Files);
