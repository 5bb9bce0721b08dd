namespace Maskwright.Images;

/// <summary>How <see cref="PillowResize"/> weighs the pixels around a position; all but nearest widen when shrinking, so that nothing is skipped.</summary>
public enum ResizeFilter
{
    /// <summary>A triangle over 2 pixels: SAM's preprocessing.</summary>
    Bilinear,

    /// <summary>The one pixel under the position; no averaging when shrinking.</summary>
    Nearest,

    /// <summary>Equal weights over 1 pixel.</summary>
    Box,

    /// <summary>A sinc under a Hamming window over 2 pixels.</summary>
    Hamming,

    /// <summary>Keys' cubic with a = -0.5 over 4 pixels.</summary>
    Bicubic,

    /// <summary>A sinc under a Lanczos window over 6 pixels.</summary>
    Lanczos,
}
