using Maskwright.Images;

namespace Maskwright.Networks;

/// <summary>Pixels as numbers of zero mean and unit deviation per channel over ImageNet, plane by plane.</summary>
internal static class ImageNormalisation
{
    private static readonly float[] s_mean = [123.675f, 116.28f, 103.53f];
    private static readonly float[] s_deviation = [58.395f, 57.12f, 57.375f];

    /// <summary>Normalises an image onto a canvas; what it does not fill, right and below, stays zero.</summary>
    /// <param name="image">No larger than the canvas.</param>
    /// <param name="width">Of the canvas, in pixels.</param>
    /// <param name="height">Of the canvas, in pixels.</param>
    /// <returns>[3,height,width].</returns>
    public static float[] ToPlanes(RgbImage image, int width, int height)
    {
        var plane = width * height;
        var data = new float[3 * plane];
        for (var channel = 0; channel < 3; channel++)
        {
            var table = new float[256];
            for (var value = 0; value < table.Length; value++)
            {
                table[value] = (value - s_mean[channel]) / s_deviation[channel];
            }

            for (var y = 0; y < image.Height; y++)
            {
                var source = image.Row(y);
                var target = data.AsSpan((channel * plane) + (y * width), image.Width);
                for (var x = 0; x < target.Length; x++)
                {
                    target[x] = table[source[(3 * x) + channel]];
                }
            }
        }

        return data;
    }
}
