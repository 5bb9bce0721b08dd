namespace Maskwright.Segmentation;

/// <summary>Where embeddings are kept between runs, and how many.</summary>
public sealed record EmbeddingCacheOptions
{
    /// <summary>The folder; made when it is first needed.</summary>
    public required string Folder { get; init; }

    /// <summary>When the folder's entries exceed this, the oldest go; 4 GiB by default, about a thousand images with SAM; null means no limit.</summary>
    public long? SizeLimitBytes { get; init; } = 4L << 30;

    /// <summary>Told of entries that were damaged or could not be read or written, while work goes on without them; null: faults of the disk are thrown.</summary>
    public IProgress<EmbeddingCacheFault>? Faults { get; init; }
}
