using System.Globalization;
using System.Numerics;
using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Datasets.Checking;

/// <summary>A fingerprint of what a picture looks like: pictures that differ only in size, compression or brightness have fingerprints that differ in few bits.</summary>
/// <param name="Frequencies">Which of the 64 lowest frequencies of the luma lie above their median, the constant one left out of the median.</param>
/// <param name="Gradients">Whether luma rises to the right, on a grid of 8 x 8 places.</param>
/// <remarks>
/// The two customary hashes side by side: the DCT hash (Zauner 2010, "Implementation and benchmarking of perceptual image hash functions") and the difference hash.
/// Either alone takes pictures of one kind, such as dark microscopy, for copies of one another far more often than both together.
/// </remarks>
public readonly record struct PerceptualHash(ulong Frequencies, ulong Gradients)
{
    /// <summary>The number of bits: the largest possible distance.</summary>
    public const int Bits = 128;

    private const int Side = 32;
    private const int Low = 8;

    private static readonly double[] s_cosines = [.. Enumerable.Range(0, Low * Side).Select(i => Math.Cos(Math.PI * (i / Side) * ((2 * (i % Side)) + 1) / (2 * Side)))];

    /// <summary>Fingerprints a picture.</summary>
    /// <param name="image">The picture, upright.</param>
    public static PerceptualHash Of(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var small = Luma.FromRgb(PillowResize.Resize(image, new ImageSize(Side, Side), ResizeFilter.Box));
        var strip = Luma.FromRgb(PillowResize.Resize(image, new ImageSize(Low + 1, Low), ResizeFilter.Box));
        return new PerceptualHash(FrequencyBits(small), GradientBits(strip));
    }

    /// <summary>The number of bits in which two fingerprints differ, 0 to <see cref="Bits"/>; unrelated pictures lie around the half.</summary>
    /// <param name="other">The other fingerprint.</param>
    public int Distance(PerceptualHash other) => BitOperations.PopCount(Frequencies ^ other.Frequencies) + BitOperations.PopCount(Gradients ^ other.Gradients);

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Frequencies:x16}{Gradients:x16}");

    private static ulong FrequencyBits(byte[] luma)
    {
        Span<double> rows = stackalloc double[Side * Low]; // [y, u]
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Sum(luma.AsSpan(i / Low * Side, Side), i % Low);
        }

        var coefficients = new double[Low * Low]; // [v, u]
        for (var i = 0; i < coefficients.Length; i++)
        {
            for (var y = 0; y < Side; y++)
            {
                coefficients[i] += rows[(y * Low) + (i % Low)] * s_cosines[(i / Low * Side) + y];
            }
        }

        var sorted = coefficients[1..];
        Array.Sort(sorted);
        var median = sorted[sorted.Length / 2];
        return Pack(coefficients.Length, i => coefficients[i] > median);
    }

    private static double Sum(ReadOnlySpan<byte> row, int frequency)
    {
        var sum = 0.0;
        for (var x = 0; x < Side; x++)
        {
            sum += row[x] * s_cosines[(frequency * Side) + x];
        }

        return sum;
    }

    private static ulong GradientBits(byte[] luma) => Pack(Low * Low, i => luma[(i / Low * (Low + 1)) + (i % Low) + 1] > luma[(i / Low * (Low + 1)) + (i % Low)]);

    private static ulong Pack(int count, Func<int, bool> bit)
    {
        var bits = 0UL;
        for (var i = 0; i < count; i++)
        {
            bits |= bit(i) ? 1UL << i : 0;
        }

        return bits;
    }
}
