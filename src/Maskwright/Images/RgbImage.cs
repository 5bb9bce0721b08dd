using System.Security.Cryptography;
using Maskwright.Geometry;

namespace Maskwright.Images;

/// <summary>An 8-bit sRGB image held in memory, upright (EXIF orientation already applied).</summary>
public sealed class RgbImage
{
    private readonly byte[] _pixels;

    /// <summary>Wraps pixels without copying them; the caller no longer writes to the array.</summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    /// <param name="pixels">[H,W,3] bytes, row by row, red green blue.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    /// <exception cref="ArgumentException">The array does not hold <c>width * height * 3</c> bytes.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.LongLength != (long)width * height * 3)
        {
            throw new ArgumentException($"An RGB image of {width}x{height} has {(long)width * height * 3} bytes, not {pixels.LongLength}.", nameof(pixels));
        }

        Size = new ImageSize(width, height);
        _pixels = pixels;
    }

    /// <summary>Width and height in pixels.</summary>
    public ImageSize Size { get; }

    /// <summary>Pixels across.</summary>
    public int Width => Size.Width;

    /// <summary>Pixels down.</summary>
    public int Height => Size.Height;

    /// <summary>[H,W,3] bytes, row by row, red green blue.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>The pixels as memory, for callers that cross threads or pin it. [H,W,3].</summary>
    public ReadOnlyMemory<byte> Memory => _pixels;

    /// <summary>One row of pixels.</summary>
    /// <param name="y">Row, 0 to Height-1.</param>
    /// <returns>[W,3] bytes, red green blue.</returns>
    public ReadOnlySpan<byte> Row(int y) => _pixels.AsSpan(y * Width * 3, Width * 3);

    /// <summary>Copies a rectangle out of the image.</summary>
    /// <param name="area">The part to copy; must lie inside the image and hold a pixel.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or leaves the image.</exception>
    public RgbImage Crop(PixelRect area)
    {
        if (area.IsEmpty || !Size.Bounds.Contains(area))
        {
            throw new ArgumentOutOfRangeException(nameof(area), $"{area} does not lie inside an image of {Size}.");
        }

        if (area == Size.Bounds)
        {
            return this;
        }

        var pixels = new byte[area.Area * 3];
        for (var y = 0; y < area.Height; y++)
        {
            Row(area.Y + y).Slice(area.X * 3, area.Width * 3).CopyTo(pixels.AsSpan(y * area.Width * 3));
        }

        return new RgbImage(area.Width, area.Height, pixels);
    }

    /// <summary>SHA-256 over the size and the pixels, lower-case hexadecimal: the identity of what a network sees.</summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes($"rgb8 {Width}x{Height}\n"));
        hash.AppendData(_pixels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
