using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Segmentation;

/// <summary>A prompt segmenter that remembers embeddings in a folder, so that an image is encoded once and not once a run.</summary>
/// <remarks>
/// Entries are found by the image's pixels and the model's identity. They are checked before use: a damaged one is made anew. Several processes may share
/// the folder.
/// </remarks>
public sealed class CachingPromptSegmenter : IPromptSegmenter, IEmbeddingStore
{
    private readonly IPromptSegmenter _inner;
    private readonly IEmbeddingStore _store;
    private readonly EmbeddingCacheOptions _options;

    /// <summary>Puts a cache in front of a segmenter.</summary>
    /// <param name="inner">The segmenter; owned from now on and disposed with this one. Must also be an <see cref="IEmbeddingStore"/>.</param>
    /// <param name="options">Where and how much.</param>
    /// <exception cref="ArgumentException">The segmenter cannot write embeddings, its identity is no file name, or an option is not valid.</exception>
    public CachingPromptSegmenter(IPromptSegmenter inner, EmbeddingCacheOptions options)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Folder, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.SizeLimitBytes ?? 0, nameof(options));
        _inner = inner;
        _store = inner as IEmbeddingStore ?? throw new ArgumentException($"The embeddings of {inner.Name} cannot be written to files.", nameof(inner));
        _options = options;
        var identity = _store.ModelIdentity;
        if (identity is "" or "." or ".." || identity.AsSpan().ContainsAny('/', '\\', '\0'))
        {
            throw new ArgumentException($"The identity '{identity}' of {inner.Name} cannot be a file name.", nameof(inner));
        }
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public double MaskThresholdLogit => _inner.MaskThresholdLogit;

    /// <inheritdoc/>
    public bool PrefersReadingsOfOneClick => _inner.PrefersReadingsOfOneClick;

    /// <inheritdoc/>
    public string ModelIdentity => _store.ModelIdentity;

    /// <summary>Looks for the image's embedding in the folder; makes and keeps it where it is not there.</summary>
    /// <param name="image">The image, upright.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>What later prompts need; the caller disposes it.</returns>
    /// <exception cref="IOException">The folder cannot be used, and nobody listens to <see cref="EmbeddingCacheOptions.Faults"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be used, and nobody listens.</exception>
    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var path = Path.Combine(_options.Folder, _store.ModelIdentity, image.ContentHash() + EmbeddingCacheEntry.Extension);
        if (Find(path, image.Size) is { } known)
        {
            return known;
        }

        var embedding = _inner.Encode(image, cancellationToken);
        try
        {
            Keep(path, embedding);
            return embedding;
        }
        catch
        {
            embedding.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default) =>
        _inner.Predict(embedding, prompts, options, cancellationToken);

    /// <inheritdoc/>
    public void WriteEmbedding(ImageEmbedding embedding, Stream target) => _store.WriteEmbedding(embedding, target);

    /// <inheritdoc/>
    public ImageEmbedding ReadEmbedding(Stream source) => _store.ReadEmbedding(source);

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();

    private ImageEmbedding? Find(string path, ImageSize size)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return EmbeddingCacheEntry.Read(path, source => ReadOfSize(source, size));
        }
        catch (InvalidDataException fault)
        {
            _options.Faults?.Report(new EmbeddingCacheFault(path, $"damaged, made anew: {fault.Message}"));
            return null;
        }
        catch (FileNotFoundException)
        {
            return null; // Another process trimmed the folder.
        }
        catch (Exception fault) when (IsTold(path, "cannot be read", fault))
        {
            return null;
        }
    }

    private ImageEmbedding ReadOfSize(Stream source, ImageSize size)
    {
        var embedding = _store.ReadEmbedding(source);
        if (embedding.ImageSize == size)
        {
            return embedding;
        }

        embedding.Dispose();
        throw new InvalidDataException($"it is of an image of {embedding.ImageSize}, not {size}");
    }

    private void Keep(string path, ImageEmbedding embedding)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // The path has the identity's folder.
            EmbeddingCacheEntry.Write(path, target => _store.WriteEmbedding(embedding, target));
            if (_options.SizeLimitBytes is { } limit)
            {
                EmbeddingCacheEntry.Trim(_options.Folder, limit);
            }
        }
        catch (Exception fault) when (IsTold(path, "cannot be written", fault))
        {
        }
    }

    private bool IsTold(string path, string what, Exception fault)
    {
        if (_options.Faults is null || fault is not (IOException or UnauthorizedAccessException))
        {
            return false;
        }

        _options.Faults.Report(new EmbeddingCacheFault(path, $"{what}: {fault.Message}"));
        return true;
    }
}
