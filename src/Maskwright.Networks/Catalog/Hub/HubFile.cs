namespace Maskwright.Networks.Catalog.Hub;

/// <summary>A file as the hub lists it.</summary>
/// <param name="Path">Path inside the repository, with forward slashes; checked to stay inside.</param>
public sealed record HubFile(string Path)
{
    /// <summary>Size in bytes; null where the hub does not say.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>SHA-256 of the content, for files in large-file storage; null for others.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Git's SHA-1 of the blob; for large files that is the blob of the pointer, not of the content.</summary>
    public string? GitSha1 { get; init; }
}
