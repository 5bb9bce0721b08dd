namespace Maskwright.Metrics;

/// <summary>One segment of a panoptic segmentation.</summary>
/// <param name="Id">Its label in the image's label map, above 0.</param>
/// <param name="CategoryId">Its category.</param>
public sealed record PanopticSegment(int Id, long CategoryId)
{
    /// <summary>Its area as annotated, in pixels; null to count the label map's pixels. Only the ground truth's is looked at.</summary>
    public long? Area { get; init; }

    /// <summary>Whether it stands for many objects that were not told apart.</summary>
    public bool IsCrowd { get; init; }
}
