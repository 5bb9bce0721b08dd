using Maskwright.Images;

namespace Maskwright.Tests.Datasets.Checking;

/// <summary>Pictures made of smooth waves, so that they have edges and shades as photos do.</summary>
internal static class Pictures
{
    public static RgbImage Clouds(int seed, int width = 160, int height = 120)
    {
        var random = new Random(seed);
        var waves = Enumerable.Range(0, 14).Select(_ => (Fx: random.NextDouble() * 12, Fy: random.NextDouble() * 12, Phase: random.NextDouble() * 6.3, Weight: random.NextDouble())).ToArray();
        var total = waves.Sum(w => w.Weight);
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width / (double)width, i / width / (double)height);
            var value = waves.Sum(w => w.Weight * Math.Sin((w.Fx * x) + (w.Fy * y) + w.Phase)) / total;
            pixels.AsSpan(i * 3, 3).Fill((byte)(127.5 + (127 * Math.Clamp(value * 1.5, -1, 1))));
        }

        return new RgbImage(width, height, pixels);
    }
}
