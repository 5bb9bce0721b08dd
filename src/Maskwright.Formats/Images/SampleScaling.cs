namespace Maskwright.Formats.Images;

/// <summary>How samples of more than 8 bit become 8 bit.</summary>
public enum SampleScaling
{
    /// <summary>
    /// The type's whole range: of unsigned integers the highest 8 bits; floating point must lie in [0, 1]. Signed integers have no such range.
    /// </summary>
    FullRange,

    /// <summary>From the image's smallest sample to its largest, over all channels; for measurements such as microscopy and elevation.</summary>
    MinMax,
}
