using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Segmentation;

/// <summary>An image that was looked at as a whole, and windows of it that were looked at since.</summary>
internal sealed class CloserEmbedding(CloserLookSegmenter owner, RgbImage image, ImageEmbedding whole, int mostWindows) : ImageEmbedding(image.Size)
{
    private readonly List<(PixelRect Part, ImageEmbedding Embedding)> _windows = []; // the newest first

    public CloserLookSegmenter Owner => owner;

    /// <summary>The whole image, by the segmenter behind.</summary>
    public ImageEmbedding Whole => whole;

    /// <summary>Held by whoever looks at windows.</summary>
    public Lock Gate { get; } = new();

    /// <summary>What a segmenter knows about a window; looked at only once while it is remembered. Only for who holds the gate, and only until the next call.</summary>
    public ImageEmbedding Window(PixelRect part, IPromptSegmenter segmenter, CancellationToken cancellationToken)
    {
        var place = _windows.FindIndex(window => window.Part == part);
        var wanted = place < 0 ? (Part: part, Embedding: segmenter.Encode(image.Crop(part), cancellationToken)) : _windows[place];
        if (place >= 0)
        {
            _windows.RemoveAt(place);
        }

        _windows.Insert(0, wanted);
        if (_windows.Count > mostWindows)
        {
            _windows[^1].Embedding.Dispose();
            _windows.RemoveAt(mostWindows);
        }

        return wanted.Embedding;
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
