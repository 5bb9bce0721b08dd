namespace Maskwright.Networks.Catalog.Hub;

/// <summary>A file in the cache.</summary>
/// <param name="Path">Path inside the repository, with forward slashes.</param>
/// <param name="LocalPath">Path on this machine; usually a link to a blob.</param>
/// <param name="SizeBytes">Size of the content.</param>
public sealed record CachedFile(string Path, string LocalPath, long SizeBytes);
