namespace Maskwright.Formats.Png;

/// <summary>What the bytes of a PNG row mean; the values are PNG's bit depth and colour type, a byte each.</summary>
internal enum PngPixels
{
    /// <summary>One byte a pixel, black to white.</summary>
    Grey8 = 0x0800,

    /// <summary>Two bytes a pixel, the high one first.</summary>
    Grey16 = 0x1000,

    /// <summary>One byte a pixel, the position of a colour in the palette.</summary>
    Indexed8 = 0x0803,

    /// <summary>Three bytes a pixel, red green blue.</summary>
    Rgb8 = 0x0802,

    /// <summary>Four bytes a pixel, red green blue opacity.</summary>
    Rgba8 = 0x0806,
}
