using Maskwright.Geometry;

namespace Maskwright.Cli.Models;

/// <summary>A model of known classes that is ready to run.</summary>
/// <param name="Segmenter">Disposed with the model.</param>
/// <param name="PeakBytes">About how many bytes it takes at its peak for an image of a size, the image itself not counted.</param>
/// <param name="Note">What was chosen where the user left the choice, and why; null for nothing.</param>
internal sealed record ClassModel<TSegmenter>(TSegmenter Segmenter, Func<ImageSize, long> PeakBytes, string? Note) : IDisposable
    where TSegmenter : IDisposable
{
    public void Dispose() => Segmenter.Dispose();
}
