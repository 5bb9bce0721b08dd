using System.Runtime.Intrinsics;
using Maskwright.Geometry;

namespace Maskwright.Images;

/// <summary>Resizes 8-bit images to the very bytes that Pillow's <c>Image.resize</c> gives.</summary>
/// <remarks>
/// After Pillow's src/libImaging/Resample.c (9.4): the rows first, rounded to 8 bit, then the columns; weights of 22 fractional bits; rows that the
/// second pass does not need are not touched. When shrinking the filter widens with the scale (antialiasing), but for nearest.
/// </remarks>
public static class PillowResize
{
    /// <summary>Resizes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="target">The new size, each side at least 1.</param>
    /// <param name="filter">The filter; bilinear is what SAM's preprocessing uses.</param>
    /// <returns>The resized image; the same object when the size does not change.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or the filter is not one of the enumeration.</exception>
    public static RgbImage Resize(RgbImage image, ImageSize target, ResizeFilter filter = ResizeFilter.Bilinear)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Resize(image, target, new PixelBox(0, 0, image.Width, image.Height), filter);
    }

    /// <summary>Resizes a part of an image whose edges may lie between pixels.</summary>
    /// <param name="image">The image.</param>
    /// <param name="target">The new size, each side at least 1.</param>
    /// <param name="area">The part, inside the image, in pixels; rounded to single precision as Pillow does. Pixels outside still count where the filter reaches them.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>The resized part; the image itself when nothing changes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, the part is empty or leaves the image, or the filter is unknown.</exception>
    public static RgbImage Resize(RgbImage image, ImageSize target, PixelBox area, ResizeFilter filter = ResizeFilter.Bilinear)
        => Resize(image, target, area, filter, Vector256.IsHardwareAccelerated);

    internal static RgbImage Resize(RgbImage image, ImageSize target, PixelBox area, ResizeFilter filter, bool vectorised)
    {
        ArgumentNullException.ThrowIfNull(image);
        Check(image, target, area, filter);
        if (target == image.Size && area == new PixelBox(0, 0, image.Width, image.Height))
        {
            return image;
        }

        var (x0, y0, x1, y1) = ((float)area.X0, (float)area.Y0, (float)area.X1, (float)area.Y1);
        if (filter == ResizeFilter.Nearest)
        {
            return Nearest(image, target, x0, y0, x1, y1);
        }

        var rows = new ResampleWeights(image.Height, y0, y1, target.Height, filter);
        var needsColumns = target.Height != image.Height || y0 != 0 || y1 != target.Height;
        var (first, end) = needsColumns ? (rows.Start, rows.End) : (0, image.Height);
        var pixels = target.Width != image.Width || x0 != 0 || x1 != target.Width
            ? ResizeRows(image, first, end, new ResampleWeights(image.Width, x0, x1, target.Width, filter), vectorised)
            : image.Pixels[(first * image.Width * 3)..(end * image.Width * 3)];
        return new RgbImage(target.Width, target.Height, needsColumns ? ResizeColumns(pixels, first, target.Width * 3, rows, vectorised) : pixels.ToArray());
    }

    private static void Check(RgbImage image, ImageSize target, PixelBox area, ResizeFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(target.Width, nameof(target));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(target.Height, nameof(target));
        if (!(area.X0 >= 0 && area.Y0 >= 0 && area.X1 <= image.Width && area.Y1 <= image.Height && area.Width > 0 && area.Height > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(area), $"{area} is empty or does not lie inside an image of {image.Size}.");
        }

        if (!Enum.IsDefined(filter))
        {
            throw new ArgumentOutOfRangeException(nameof(filter), filter, "Not a filter.");
        }
    }

    private static ReadOnlySpan<byte> ResizeRows(RgbImage image, int first, int end, ResampleWeights weights, bool vectorised)
    {
        var stride = weights.OutputLength * 3;
        var pixels = new byte[checked((end - first) * stride)];
        for (var y = first; y < end; y++)
        {
            var target = pixels.AsSpan((y - first) * stride, stride);
            if (vectorised)
            {
                ResamplePass.RowVector(RowToRead(image, y), weights, target);
            }
            else
            {
                ResamplePass.RowScalar(image.Row(y), weights, target);
            }
        }

        return pixels;
    }

    // The vector form reads a little past the row: into the next one, or behind the last into a copy with room.
    private static ReadOnlySpan<byte> RowToRead(RgbImage image, int y)
    {
        var length = (image.Width * 3) + ResamplePass.Overrun;
        var rest = image.Pixels[(y * image.Width * 3)..];
        if (rest.Length >= length)
        {
            return rest[..length];
        }

        var copy = new byte[length];
        image.Row(y).CopyTo(copy);
        return copy;
    }

    private static byte[] ResizeColumns(ReadOnlySpan<byte> source, int firstRow, int stride, ResampleWeights weights, bool vectorised)
    {
        var pixels = new byte[checked(weights.OutputLength * stride)];
        for (var y = 0; y < weights.OutputLength; y++)
        {
            var target = pixels.AsSpan(y * stride, stride);
            var rows = source[((weights.First(y) - firstRow) * stride)..];
            if (vectorised)
            {
                ResamplePass.ColumnVector(rows, weights.Of(y), target);
            }
            else
            {
                ResamplePass.ColumnScalar(rows, weights.Of(y), target);
            }
        }

        return pixels;
    }

    private static RgbImage Nearest(RgbImage image, ImageSize target, float x0, float y0, float x1, float y1)
    {
        var columns = NearestPositions(x0, x1, target.Width, image.Width);
        var rows = NearestPositions(y0, y1, target.Height, image.Height);
        var pixels = new byte[checked(target.Width * target.Height * 3)];
        var to = 0;
        foreach (var y in rows)
        {
            var row = image.Row(y);
            foreach (var x in columns)
            {
                row.Slice(x * 3, 3).CopyTo(pixels.AsSpan(to));
                to += 3;
            }
        }

        return new RgbImage(target.Width, target.Height, pixels);
    }

    // Adds up steps instead of multiplying, as Pillow does: the sums round differently.
    private static int[] NearestPositions(float from, float to, int outputLength, int inputLength)
    {
        var step = (double)(to - from) / outputLength;
        var position = from + (step * 0.5);
        var positions = new int[outputLength];
        for (var i = 0; i < outputLength; i++, position += step)
        {
            positions[i] = Math.Min((int)position, inputLength - 1);
        }

        return positions;
    }
}
