namespace Maskwright.Formats.Images;

/// <summary>The image formats that are read.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, baseline or progressive.</summary>
    Jpeg,

    /// <summary>PNG; of an animated one, the default image.</summary>
    Png,

    /// <summary>WebP, lossy or lossless; of an animation, the first frame.</summary>
    WebP,

    /// <summary>TIFF or BigTIFF; the first page.</summary>
    Tiff,

    /// <summary>GIF; the first frame.</summary>
    Gif,

    /// <summary>HEIC; only where the native library has an HEVC decoder.</summary>
    Heic,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>Windows bitmap.</summary>
    Bmp,
}
