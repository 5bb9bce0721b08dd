using Maskwright.Geometry;

namespace Maskwright.Networks.Semantic;

/// <summary>An image continued beyond its border by its mirror image.</summary>
/// <remarks>Ronneberger et al. 2015: what a convolution without borders cannot see, it is shown mirrored.</remarks>
internal static class MirrorBorder
{
    /// <param name="planes">[C,h,w].</param>
    /// <param name="size">h and w.</param>
    /// <param name="target">The size of the result.</param>
    /// <param name="margin">Pixels above and left; what is left of the target lies below and right.</param>
    /// <returns>[C,H,W]; the argument itself where nothing is added.</returns>
    public static float[] Around(float[] planes, ImageSize size, ImageSize target, int margin)
    {
        if (size == target && margin == 0)
        {
            return planes;
        }

        var count = planes.Length / (int)size.PixelCount;
        var result = new float[count * target.PixelCount];
        for (var row = 0; row < count * target.Height; row++)
        {
            var (plane, y) = (row / target.Height, Mirror((row % target.Height) - margin, size.Height));
            var from = planes.AsSpan((int)(plane * size.PixelCount) + (y * size.Width), size.Width);
            for (var x = 0; x < target.Width; x++)
            {
                result[((long)row * target.Width) + x] = from[Mirror(x - margin, size.Width)];
            }
        }

        return result;
    }

    /// <summary>The place in an axis of a place beyond it; the border itself is not repeated.</summary>
    public static int Mirror(int at, int size)
    {
        if (size == 1)
        {
            return 0;
        }

        var period = 2 * (size - 1);
        var within = ((at % period) + period) % period;
        return within < size ? within : period - within;
    }
}
