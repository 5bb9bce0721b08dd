namespace Maskwright.PostProcessing;

/// <summary>How objects are taken from a label map.</summary>
public sealed record LabelObjectOptions
{
    /// <summary>The label that is no object; null when there is none. Without effect on regions and nested labels. Default 0.</summary>
    public int? BackgroundLabel { get; init; } = 0;

    /// <summary>The label of pixels that nobody can judge; null when there is none. It belongs to classes only. Default 255.</summary>
    public int? VoidLabel { get; init; } = 255;

    /// <summary>Smaller objects are left out, in pixels; at least 1. Default 64.</summary>
    public int MinAreaPixels { get; init; } = 64;
}
