using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Segmentation;

/// <summary>An image that was looked at as a whole, and windows of it that were looked at since.</summary>
internal sealed class CloserEmbedding(CloserLookSegmenter owner, RgbImage image, ImageEmbedding whole, int mostWindows) : ImageEmbedding(image.Size)
{
    private readonly LinkedList<(PixelRect Part, ImageEmbedding Embedding)> _windows = []; // the newest first

    public CloserLookSegmenter Owner => owner;

    /// <summary>The whole image, by the segmenter behind.</summary>
    public ImageEmbedding Whole => whole;

    /// <summary>Held by whoever looks at windows.</summary>
    public Lock Gate { get; } = new();

    /// <summary>What a segmenter knows about a window; looked at only once while it is remembered. Only for who holds the gate, and only until the next call.</summary>
    public ImageEmbedding Window(PixelRect part, IPromptSegmenter segmenter, CancellationToken cancellationToken)
    {
        var known = _windows.First;
        while (known is not null && known.Value.Part != part)
        {
            known = known.Next;
        }

        if (known is not null)
        {
            _windows.Remove(known);
        }
        else
        {
            known = new((part, segmenter.Encode(image.Crop(part), cancellationToken)));
        }

        _windows.AddFirst(known);
        if (_windows.Count > mostWindows)
        {
            _windows.Last!.Value.Embedding.Dispose();
            _windows.RemoveLast();
        }

        return known.Value.Embedding;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (Gate)
            {
                foreach (var (_, embedding) in _windows)
                {
                    embedding.Dispose();
                }

                _windows.Clear();
            }

            whole.Dispose();
        }

        base.Dispose(disposing);
    }
}
