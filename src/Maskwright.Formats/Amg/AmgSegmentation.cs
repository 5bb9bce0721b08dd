namespace Maskwright.Formats.Amg;

/// <summary>How a record holds its mask; segment-anything's <c>output_mode</c> as far as it goes into JSON.</summary>
public enum AmgSegmentation
{
    /// <summary><c>coco_rle</c>: run lengths as COCO's compressed string.</summary>
    CocoRle,

    /// <summary><c>uncompressed_rle</c>: run lengths as a list of numbers.</summary>
    UncompressedRle,
}
