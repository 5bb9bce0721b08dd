using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>The panoptic segmentation of one image.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="Labels">The segment of every pixel; 0 is void.</param>
/// <param name="Segments">The segments.</param>
public sealed record PanopticImage(long ImageId, LabelMap Labels, IReadOnlyList<PanopticSegment> Segments);
