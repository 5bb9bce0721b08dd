using Maskwright.Images;
using Maskwright.Training.Augmentation;

namespace Maskwright.Training.Data;

/// <summary>Resamples photos and object numbers at the places that a <see cref="CropPlacement"/> says.</summary>
internal static class CropRendering
{
    private const int MaxSamples = 3;
    private static readonly byte[] s_padding = [124, 116, 104]; // the mean colour of ImageNet: zero after normalisation

    /// <summary>Draws the photo's part: bilinear, the mean of several samples when shrinking; the mean colour outside the photo.</summary>
    /// <returns>[S,S,3].</returns>
    public static byte[] Photo(RgbImage image, CropPlacement placement, int side, ElasticField? field = null)
    {
        var samples = Math.Clamp((int)Math.Ceiling(placement.Step * 0.8), 1, MaxSamples);
        var pixels = new byte[side * side * 3];
        for (var y = 0; y < side; y++)
        {
            PhotoRow(image, placement, field, y, samples, pixels.AsSpan(y * side * 3, side * 3));
        }

        return pixels;
    }

    /// <summary>Draws the part of a layer: the nearest pixel; void outside the photo.</summary>
    /// <returns>[S,S].</returns>
    public static ushort[] Layer(ushort[] layer, int width, int height, CropPlacement placement, int side, ElasticField? field = null)
    {
        var drawn = new ushort[side * side];
        for (int y = 0, i = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++, i++)
            {
                var (shiftX, shiftY) = field?.At(x, y) ?? (0, 0);
                var (photoX, photoY) = placement.ToPhoto(x + shiftX + 0.5, y + shiftY + 0.5);
                int column = (int)Math.Floor(photoX), row = (int)Math.Floor(photoY);
                var isInside = (uint)column < (uint)width && (uint)row < (uint)height;
                drawn[i] = isInside ? layer[(row * width) + column] : ObjectLayers.Void;
            }
        }

        return drawn;
    }

    private static void PhotoRow(RgbImage image, CropPlacement placement, ElasticField? field, int y, int samples, Span<byte> row)
    {
        Span<float> sum = stackalloc float[3];
        var scale = 1f / (samples * samples);
        for (var x = 0; x < row.Length / 3; x++)
        {
            sum.Clear();
            var (shiftX, shiftY) = field?.At(x, y) ?? (0, 0);
            for (var v = 0; v < samples; v++)
            {
                for (var u = 0; u < samples; u++)
                {
                    var (photoX, photoY) = placement.ToPhoto(x + shiftX + ((u + 0.5) / samples), y + shiftY + ((v + 0.5) / samples));
                    AddBilinear(image, photoX - 0.5, photoY - 0.5, sum);
                }
            }

            for (var c = 0; c < 3; c++)
            {
                row[(x * 3) + c] = (byte)((sum[c] * scale) + 0.5f);
            }
        }
    }

    private static void AddBilinear(RgbImage image, double x, double y, Span<float> sum)
    {
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
}
