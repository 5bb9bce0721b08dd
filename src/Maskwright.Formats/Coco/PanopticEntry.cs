using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>One image of a panoptic file: its segments, and where its label map lies.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="PngPath">The PNG file whose colours are segment ids.</param>
/// <param name="Segments">The segments.</param>
public sealed record PanopticEntry(long ImageId, string PngPath, IReadOnlyList<PanopticSegment> Segments)
{
    /// <summary>Reads the label map.</summary>
    /// <exception cref="InvalidImageException">The PNG file cannot be read.</exception>
    public PanopticImage ReadImage() => new(ImageId, CocoPanopticReader.ReadLabels(PngPath), Segments);
}
