namespace Maskwright.Segmentation;

/// <summary>A segmenter whose embeddings can be written to a file and read back, so that an image need be encoded only once.</summary>
public interface IEmbeddingStore
{
    /// <summary>Names the model and its weights exactly: equal identities mean interchangeable embeddings. Safe in a file name.</summary>
    string ModelIdentity { get; }

    /// <summary>Writes an embedding of this model.</summary>
    /// <param name="embedding">Made by this segmenter.</param>
    /// <param name="target">Where to write; left open.</param>
    void WriteEmbedding(ImageEmbedding embedding, Stream target);

    /// <summary>Reads an embedding that a segmenter of the same identity wrote.</summary>
    /// <param name="source">Where to read; left open.</param>
    /// <returns>The embedding; the caller disposes it.</returns>
    /// <exception cref="InvalidDataException">The stream holds something else, or only a part.</exception>
    ImageEmbedding ReadEmbedding(Stream source);
}
