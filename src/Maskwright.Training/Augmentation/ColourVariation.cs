using Maskwright.Images;
using Maskwright.Training.Data;

namespace Maskwright.Training.Augmentation;

/// <summary>Varies the colours and the quality of a crop; its masks stay as they are.</summary>
internal sealed class ColourVariation(AugmentationOptions options, IImageCodec? codec)
{
    private static readonly float[] s_luma = [0.299f, 0.587f, 0.114f];

    /// <summary>Varies pixels.</summary>
    /// <param name="pixels">[S,S,3].</param>
    /// <param name="side">S.</param>
    /// <param name="random">Says how.</param>
    /// <returns>The varied pixels, which may be the same array.</returns>
    public byte[] Apply(byte[] pixels, int side, SampleRandom random)
    {
        var mix = Mix(random);
        if (mix is not null)
        {
            ApplyMix(pixels, mix);
        }

        if (random.Chance(options.Blur))
        {
            pixels = Blurred(pixels, side, random.Between(0.5, 1.6));
        }

        if (random.Chance(options.Noise))
        {
            AddNoise(pixels, random.Between(2, 14), random);
        }

        return codec is not null && random.Chance(options.Jpeg)
            ? codec.Recompress(new RgbImage(side, side, pixels), 20 + random.Next(60)).Pixels.ToArray()
            : pixels;
    }

    // Three rows of [r, g, b, 1] weights: brightness, contrast, saturation, balance, grey, inversion and swaps are all affine in RGB.
    private float[]? Mix(SampleRandom random)
    {
        var hasColour = random.Chance(options.Colour);
        var isGrey = random.Chance(options.Grey);
        var isRecoloured = random.Chance(options.Recolour);
        if (!hasColour && !isGrey && !isRecoloured)
        {
            return null;
        }

        var contrast = hasColour ? (float)random.LogBetween(0.65, 1.5) : 1;
        var brightness = hasColour ? (float)random.Between(-32, 32) : 0;
        var saturation = isGrey ? 0 : hasColour ? (float)random.Between(0.4, 1.6) : 1;
        var isInverted = isRecoloured && random.Chance(0.5);
        var turn = isRecoloured ? random.Next(3) : 0;
        var mix = new float[12];
        for (var c = 0; c < 3; c++)
        {
            var gain = (isInverted ? -contrast : contrast) * (hasColour && !isGrey ? (float)random.LogBetween(0.85, 1.18) : 1);
            for (var from = 0; from < 3; from++)
            {
                mix[(c * 4) + ((from + turn) % 3)] = gain * ((s_luma[from] * (1 - saturation)) + (from == c ? saturation : 0));
            }

            mix[(c * 4) + 3] = (128 * (1 - gain)) + brightness; // contrast turns around mid grey; its inversion too
        }

        return mix;
    }

    private static void ApplyMix(byte[] pixels, float[] m)
    {
        for (var i = 0; i < pixels.Length; i += 3)
        {
            float r = pixels[i], g = pixels[i + 1], b = pixels[i + 2];
            pixels[i] = ToByte((r * m[0]) + (g * m[1]) + (b * m[2]) + m[3]);
            pixels[i + 1] = ToByte((r * m[4]) + (g * m[5]) + (b * m[6]) + m[7]);
            pixels[i + 2] = ToByte((r * m[8]) + (g * m[9]) + (b * m[10]) + m[11]);
        }
    }

    // A Gaussian of three taps a pass, two passes an axis where it is wide.
    private static byte[] Blurred(byte[] pixels, int side, double sigma)
    {
        var passes = sigma > 0.85 ? 3 : 1;
        var variance = sigma * sigma / passes;
        var outer = (float)Math.Min(variance / 2, 1 / 3.0);
        for (var pass = 0; pass < passes; pass++)
        {
            pixels = Smoothed(Smoothed(pixels, side, 3, outer), side, side * 3, outer);
        }

        return pixels;
    }

    private static byte[] Smoothed(byte[] pixels, int side, int stride, float outer)
    {
        var smooth = (byte[])pixels.Clone();
        var isAcross = stride == 3;
        for (var i = stride; i < pixels.Length - stride; i++)
        {
            var column = i / 3 % side;
            if (!isAcross || (column > 0 && column < side - 1))
            {
                smooth[i] = (byte)((pixels[i] * (1 - (2 * outer))) + ((pixels[i - stride] + pixels[i + stride]) * outer) + 0.5f);
            }
        }

        return smooth;
    }

    // Sums of four uniform bytes are near enough to normal for noise, and one draw serves two samples.
    private static void AddNoise(byte[] pixels, double deviation, SampleRandom random)
    {
        const float DeviationOfSum = 147.8f; // sqrt(4 * (256^2 - 1) / 12)
        var scale = (float)deviation / DeviationOfSum;
        for (var i = 0; i < pixels.Length; i++)
        {
            var bits = (uint)random.NextBits();
            var sum = (int)((bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + (bits >> 24));
            pixels[i] = ToByte(pixels[i] + ((sum - 510) * scale));
        }
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
