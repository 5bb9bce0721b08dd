namespace Maskwright.Networks.Catalog.Hub;

/// <summary>What a pull has brought.</summary>
/// <param name="Repository">Repository, as <c>owner/name</c>.</param>
/// <param name="Commit">The commit the files belong to.</param>
/// <param name="SnapshotFolder">Local folder with the files under their own names.</param>
/// <param name="Files">The files, in the order asked for.</param>
public sealed record PullResult(string Repository, string Commit, string SnapshotFolder, IReadOnlyList<PulledFile> Files);
