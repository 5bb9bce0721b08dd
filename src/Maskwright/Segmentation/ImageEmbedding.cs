using Maskwright.Geometry;

namespace Maskwright.Segmentation;

/// <summary>What a segmenter knows about an image after looking at it once; kept while prompts come and go.</summary>
/// <remarks>Only the segmenter that made it can read it. Dispose it when no more prompts will come.</remarks>
public abstract class ImageEmbedding : IDisposable
{
    /// <summary>Remembers the image's size.</summary>
    /// <param name="imageSize">The original image's size.</param>
    protected ImageEmbedding(ImageSize imageSize) => ImageSize = imageSize;

    /// <summary>The original image's width and height: the frame of every prompt and every mask.</summary>
    public ImageSize ImageSize { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets native memory go.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
