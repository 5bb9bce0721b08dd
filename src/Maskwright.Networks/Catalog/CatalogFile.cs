namespace Maskwright.Networks.Catalog;

/// <summary>A file that belongs to a known model.</summary>
/// <param name="Path">Path inside the model's repository, with forward slashes.</param>
/// <param name="Role">What the file is for.</param>
public sealed record CatalogFile(string Path, ModelFileRole Role)
{
    /// <summary>Exact size in bytes; null where it is not known here and the hub's word counts.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal; null where it is not known here and the hub's word counts.</summary>
    public string? Sha256 { get; init; }
}
