namespace Maskwright.Images;

/// <summary>Grey as Pillow's <c>convert("L")</c> makes it: ITU-R 601 luma in 16-bit fixed point.</summary>
public static class Luma
{
    /// <summary>Turns an image grey.</summary>
    /// <param name="image">The image.</param>
    /// <returns>[H,W] bytes, row by row.</returns>
    public static byte[] FromRgb(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var pixels = image.Pixels;
        var grey = new byte[image.Size.PixelCount];
        for (int i = 0, p = 0; i < grey.Length; i++, p += 3)
        {
            grey[i] = (byte)(((pixels[p] * 19595) + (pixels[p + 1] * 38470) + (pixels[p + 2] * 7471) + 0x8000) >> 16);
        }

        return grey;
    }
}
