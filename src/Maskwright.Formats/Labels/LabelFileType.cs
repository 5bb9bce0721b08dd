namespace Maskwright.Formats.Labels;

/// <summary>The files in which a folder of label images is kept.</summary>
public enum LabelFileType
{
    /// <summary>PNG: up to 255 labels as palette images of 8 bits, more as grey of 16 bits.</summary>
    Png,

    /// <summary>TIFF: grey of 16 bits, or 32 where there are more labels.</summary>
    Tiff,
}
