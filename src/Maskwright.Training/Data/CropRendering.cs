using Maskwright.Images;

namespace Maskwright.Training.Data;

/// <summary>Resamples photos and object numbers at the places that a <see cref="CropView"/> says.</summary>
internal static class CropRendering
{
    private const int MaxSamples = 3;
    private static readonly byte[] s_padding = [124, 116, 104]; // the mean colour of ImageNet: zero after normalisation

    /// <summary>Draws the photo's part: bilinear, the mean of several samples when shrinking; outside the photo its mirror image or the mean colour.</summary>
    /// <returns>[S,S,3].</returns>
    public static byte[] Photo(RgbImage image, CropView view)
    {
        var samples = Math.Clamp((int)Math.Ceiling(view.Placement.Step * 0.8), 1, MaxSamples);
        var pixels = new byte[view.Side * view.Side * 3];
        for (var y = 0; y < view.Side; y++)
        {
            PhotoRow(image, view, y, samples, pixels.AsSpan(y * view.Side * 3, view.Side * 3));
        }

        return pixels;
    }

    /// <summary>Draws the part of a layer: the nearest pixel; void outside the photo.</summary>
    /// <returns>[S,S].</returns>
    public static ushort[] Layer(ushort[] layer, int width, int height, CropView view)
    {
        var drawn = new ushort[view.Side * view.Side];
        for (int y = 0, i = 0; y < view.Side; y++)
        {
            for (var x = 0; x < view.Side; x++, i++)
            {
                var (photoX, photoY) = view.ToPhoto(x, y, 0.5, 0.5);
                int column = (int)Math.Floor(photoX), row = (int)Math.Floor(photoY);
                var isInside = (uint)column < (uint)width && (uint)row < (uint)height;
                drawn[i] = isInside ? layer[(row * width) + column] : ObjectLayers.Void;
            }
        }

        return drawn;
    }

    private static void PhotoRow(RgbImage image, CropView view, int y, int samples, Span<byte> row)
    {
        Span<float> sum = stackalloc float[3];
        var scale = 1f / (samples * samples);
        for (var x = 0; x < row.Length / 3; x++)
        {
            sum.Clear();
            for (var v = 0; v < samples; v++)
            {
                for (var u = 0; u < samples; u++)
                {
                    var (photoX, photoY) = view.ToPhoto(x, y, (u + 0.5) / samples, (v + 0.5) / samples);
                    AddBilinear(image, photoX - 0.5, photoY - 0.5, view.IsMirrored, sum);
                }
            }

            for (var c = 0; c < 3; c++)
            {
                row[(x * 3) + c] = (byte)((sum[c] * scale) + 0.5f);
            }
        }
    }

    private static void AddBilinear(RgbImage image, double x, double y, bool isMirrored, Span<float> sum)
    {
        (x, y) = isMirrored ? (Mirror(x, image.Width), Mirror(y, image.Height)) : (x, y);
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        if (left < -1 || top < -1 || left >= image.Width || top >= image.Height)
        {
            for (var c = 0; c < 3; c++)
            {
                sum[c] += s_padding[c];
            }

            return;
        }

        float right = (float)(x - left), bottom = (float)(y - top);
        int x0 = Math.Max(left, 0) * 3, x1 = Math.Min(left + 1, image.Width - 1) * 3;
        int y0 = Math.Max(top, 0) * image.Width * 3, y1 = Math.Min(top + 1, image.Height - 1) * image.Width * 3;
        var pixels = image.Pixels;
        for (var c = 0; c < 3; c++)
        {
            float a = pixels[y0 + x0 + c], b = pixels[y1 + x0 + c];
            var upper = a + ((pixels[y0 + x1 + c] - a) * right);
            var lower = b + ((pixels[y1 + x1 + c] - b) * right);
            sum[c] += upper + ((lower - upper) * bottom);
        }
    }

    // The place in the photo of a place beyond its border; the outermost pixels are not repeated.
    private static double Mirror(double at, int length)
    {
        if (length == 1)
        {
            return 0;
        }

        var period = 2.0 * (length - 1);
        var within = at - (period * Math.Floor(at / period));
        return Math.Min(within, period - within);
    }
}
