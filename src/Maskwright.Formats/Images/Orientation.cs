namespace Maskwright.Formats.Images;

/// <summary>Turns pixels upright as EXIF's orientation tag (0x0112) says.</summary>
internal static class Orientation
{
    /// <summary>Whether width and height change places.</summary>
    public static bool SwapsSides(int orientation) => orientation is >= 5 and <= 8;

    /// <summary>Applies an orientation.</summary>
    /// <param name="pixels">[H,W,3] as stored.</param>
    /// <param name="width">Stored width.</param>
    /// <param name="height">Stored height.</param>
    /// <param name="orientation">2 to 8.</param>
    /// <returns>[H,W,3], or [W,H,3] for 5 to 8.</returns>
    public static byte[] Apply(byte[] pixels, int width, int height, int orientation)
    {
        // Where the upright image's first pixel lies, and how far its next column and next row are, in stored pixels.
        long w = width, last = ((long)width * height) - 1;
        var (start, stepX, stepY) = orientation switch
        {
            2 => (w - 1, -1L, w),
            3 => (last, -1, -w),
            4 => (last - (w - 1), 1, -w),
            5 => (0, w, 1),
            6 => (last - (w - 1), -w, 1),
            7 => (last, -w, -1),
            _ => (w - 1, w, -1),
        };
        var (columns, rows) = SwapsSides(orientation) ? (height, width) : (width, height);
        var upright = new byte[pixels.Length];
        var to = 0;
        for (var y = 0; y < rows; y++)
        {
            var from = (start + (y * stepY)) * 3;
            for (var x = 0; x < columns; x++, from += stepX * 3, to += 3)
            {
                upright[to] = pixels[from];
                upright[to + 1] = pixels[from + 1];
                upright[to + 2] = pixels[from + 2];
            }
        }

        return upright;
    }
}
