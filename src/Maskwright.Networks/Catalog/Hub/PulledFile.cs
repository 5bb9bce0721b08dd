namespace Maskwright.Networks.Catalog.Hub;

/// <summary>A file that a pull has put, or found, in the cache.</summary>
/// <param name="Path">Path inside the repository.</param>
/// <param name="LocalPath">Path in the snapshot; usually a link to the blob.</param>
/// <param name="SizeBytes">Size in bytes.</param>
/// <param name="Check">How it was checked.</param>
public sealed record PulledFile(string Path, string LocalPath, long SizeBytes, FileCheck Check);
