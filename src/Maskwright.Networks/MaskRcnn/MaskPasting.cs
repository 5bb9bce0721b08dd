using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>Puts the small mask of a box into an image.</summary>
/// <remarks>torchvision <c>paste_masks_in_image</c> at 0.14.1: one cell of zeros around the mask, the box widened alike and cut to whole pixels.</remarks>
internal static class MaskPasting
{
    /// <summary>Where the widened box lies, in whole pixels, both ends inside.</summary>
    public static PixelRect Place(RegionBox box, int cells)
    {
        var scale = (float)(cells + 2) / cells;
        var (halfWidth, halfHeight) = (box.Width * 0.5f * scale, box.Height * 0.5f * scale);
        var (x, y) = ((box.X1 + box.X0) * 0.5f, (box.Y1 + box.Y0) * 0.5f);
        var (left, top, right, bottom) = ((int)(x - halfWidth), (int)(y - halfHeight), (int)(x + halfWidth), (int)(y + halfHeight));
        return new PixelRect(left, top, Math.Max(1, right - left + 1), Math.Max(1, bottom - top + 1));
    }

    /// <summary>The probabilities at the place of a box.</summary>
    /// <param name="probabilities">[cells,cells].</param>
    /// <param name="cells">Side of the mask.</param>
    /// <param name="place">From <see cref="Place"/>.</param>
    /// <returns>[place.Height,place.Width].</returns>
    public static float[] Resize(ReadOnlySpan<float> probabilities, int cells, PixelRect place)
    {
        var side = cells + 2;
        var padded = new float[side * side];
        for (var y = 0; y < cells; y++)
        {
            probabilities.Slice(y * cells, cells).CopyTo(padded.AsSpan(((y + 1) * side) + 1));
        }

        var resized = new float[place.Width * place.Height];
        BilinearPlane.Resize(padded, side, side, place.Height, place.Width, resized);
        return resized;
    }

    /// <summary>The mask of a box in an image.</summary>
    /// <param name="probabilities">[cells,cells].</param>
    /// <param name="cells">Side of the mask.</param>
    /// <param name="box">In the image's pixels.</param>
    /// <param name="image">The image's size.</param>
    /// <param name="threshold">What a pixel's probability must exceed.</param>
    public static BinaryMask Paste(ReadOnlySpan<float> probabilities, int cells, RegionBox box, ImageSize image, double threshold)
    {
        var (place, mask) = (Place(box, cells), new BinaryMask(image));
        var resized = Resize(probabilities, cells, place);
        for (var y = Math.Max(0, place.Y); y < Math.Min(image.Height, place.Y + place.Height); y++)
        {
            for (var x = Math.Max(0, place.X); x < Math.Min(image.Width, place.X + place.Width); x++)
            {
                if (resized[((y - place.Y) * place.Width) + x - place.X] > threshold)
                {
                    mask[x, y] = true;
                }
            }
        }

        return mask;
    }
}
