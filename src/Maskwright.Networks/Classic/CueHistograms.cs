namespace Maskwright.Networks.Classic;

/// <summary>What each pixel looks like, as a small histogram: lightness, the two colour axes, and texture, softly binned.</summary>
/// <remarks>A value falls into two neighbouring bins by linear weights, so that the L1 distance of two histograms grows steadily with the difference
/// even inside one bin. 32 bytes a pixel, so that two pixels are compared in one vector.</remarks>
internal static class CueHistograms
{
    /// <summary>Bins a pixel: 10 of lightness, 8 and 8 of colour, 6 of texture.</summary>
    public const int Bins = 32;

    /// <summary>The first bin of texture; those before it are colour.</summary>
    public const int TextureStart = 26;

    /// <summary>The sum of the bins of one cue at one pixel.</summary>
    public const int Mass = 120;

    private const int RedGreenStart = 10, BlueYellowStart = 18, Orientations = 4;
    private const float LightnessStep = 10f, ColorStep = 11f;

    /// <summary>Makes the histograms of single pixels.</summary>
    /// <returns>[h,w,32].</returns>
    public static byte[] Compute(WorkingImage image)
    {
        var cues = new byte[image.Size.PixelCount * Bins];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var i = (y * image.Width) + x;
                var bins = cues.AsSpan(i * Bins, Bins);
                Spread((image.Lab[0][i] / LightnessStep) - 0.5f, bins[..RedGreenStart]);
                Spread((image.Lab[1][i] / ColorStep) + 3.5f, bins[RedGreenStart..BlueYellowStart]);
                Spread((image.Lab[2][i] / ColorStep) + 3.5f, bins[BlueYellowStart..TextureStart]);
                SpreadTexture(image, x, y, bins[TextureStart..]);
            }
        }

        return cues;
    }

    private static void Spread(float position, Span<byte> bins)
    {
        position = Math.Clamp(position, 0, bins.Length - 1);
        var bin = Math.Min((int)position, bins.Length - 2);
        var upper = (int)(((position - bin) * Mass) + 0.5f);
        bins[bin] = (byte)(Mass - upper);
        bins[bin + 1] = (byte)upper;
    }

    /// <summary>Bin 0: flat; bins 1 to 4: the orientation of a fine gradient; bin 5: a bright or dark dot.</summary>
    private static void SpreadTexture(WorkingImage image, int x, int y, Span<byte> bins)
    {
        var plane = image.Lab[0];
        int left = Math.Max(x - 1, 0), right = Math.Min(x + 1, image.Width - 1);
        int up = Math.Max(y - 1, 0) * image.Width, down = Math.Min(y + 1, image.Height - 1) * image.Width, row = y * image.Width;
        float across = plane[row + right] - plane[row + left], along = plane[down + x] - plane[up + x];
        var dot = Math.Abs((4 * plane[row + x]) - plane[row + right] - plane[row + left] - plane[down + x] - plane[up + x]);
        var slope = MathF.Sqrt((across * across) + (along * along));
        float slopeShare = slope / (slope + 8), dotShare = dot / (dot + 16) * (1 - slopeShare);
        var angle = MathF.Atan2(along, across) / MathF.PI;
        var position = (angle < 0 ? angle + 1 : angle) * Orientations;
        var bin = (int)position;
        var upper = position - bin;
        int textured = (int)(slopeShare * Mass), dots = (int)(dotShare * Mass), next = (int)(upper * textured);
        bins[1 + (bin % Orientations)] += (byte)(textured - next);
        bins[1 + ((bin + 1) % Orientations)] += (byte)next;
        bins[5] = (byte)dots;
        bins[0] = (byte)(Mass - textured - dots);
    }
}
