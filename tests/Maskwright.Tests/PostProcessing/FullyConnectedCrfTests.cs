using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class FullyConnectedCrfTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_lattice_gives_what_pair_by_pair_sums_give(int seed)
    {
        var (image, mask) = Scene(26, 19, seed);
        var options = new FullyConnectedCrfOptions { AppearanceSigmaPixels = 5, ColorSigma = 15 };

        var fast = new FullyConnectedCrf(image, options).Refine(mask);

        var exact = FullyConnectedCrf.RefineScalar(image, mask, options);
        var differences = Enumerable.Range(0, 26 * 19).Select(i => Math.Abs(fast.Values[i] - exact.Values[i])).ToList();
        Assert.True(differences.Average() < 0.01, $"The mean difference is {differences.Average():f4}.");
        Assert.True(MaskDifferences(fast.Cut(), exact.Cut()) <= 5, $"{MaskDifferences(fast.Cut(), exact.Cut())} pixels differ.");
    }

    [Fact]
    public void Without_appearance_the_filter_is_exact()
    {
        var (image, mask) = Scene(33, 21, 4);
        var options = new FullyConnectedCrfOptions { AppearanceWeight = 0, SmoothnessWeight = 4, SmoothnessSigmaPixels = 2 };

        var fast = new FullyConnectedCrf(image, options).Refine(mask);

        var exact = FullyConnectedCrf.RefineScalar(image, mask, options);
        Assert.All(Enumerable.Range(0, 33 * 21), i => Assert.Equal(exact.Values[i], fast.Values[i], 1e-4f));
    }

    [Fact]
    public void Filtering_on_the_lattice_is_near_to_gaussian_sums()
    {
        var random = new Random(5);
        const int Count = 400;
        float[] features = [.. Enumerable.Range(0, Count * 5).Select(_ => (float)(2.5 * random.NextDouble()))];
        float[] values = [.. Enumerable.Range(0, Count).Select(_ => (float)random.NextDouble())];
        var filtered = new float[Count];

        new PermutohedralLattice(features, 5).Filter(values, filtered);

        var exact = Enumerable.Range(0, Count).Select(i => Enumerable.Range(0, Count).Sum(j => values[j] * Nearness(features, i, j))).ToList();
        var scale = exact.Sum() / filtered.Sum();
        Assert.All(Enumerable.Range(0, Count), i => Assert.InRange(scale * filtered[i] / exact[i], 0.6, 1.6));
        Assert.True(Enumerable.Range(0, Count).Average(i => Math.Abs((scale * filtered[i] / exact[i]) - 1)) < 0.1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_point_lies_in_its_simplex_with_shares_that_sum_to_one(int dimensions)
    {
        var (random, simplex) = (new Random(6), new LatticeSimplex(dimensions));
        var shares = new float[dimensions + 1];
        for (var i = 0; i < 2000; i++)
        {
            float[] point = [.. Enumerable.Range(0, dimensions).Select(_ => (float)((random.NextDouble() - 0.5) * 100))];

            simplex.Enclose(point, shares);

            Assert.Equal(1, shares.Sum(), 1e-4f);
            Assert.All(shares, share => Assert.InRange(share, -1e-4f, 1.0001f));
            Assert.Equal(dimensions + 1, Enumerable.Range(0, dimensions + 1).Select(simplex.Corner).Distinct().Count());
        }
    }

    [Fact]
    public void Keys_of_neighbouring_corners_differ_by_a_step()
    {
        int[] corner = [-7, 3, 0, -1, 12];
        int[] next = [-8, 2, 5, -2, 11];

        var key = LatticeKey.Of(corner).Add(LatticeKey.Step(2, 5));

        Assert.Equal(LatticeKey.Of(next), key);
        Assert.Equal(LatticeKey.Of(corner), key.Subtract(LatticeKey.Step(2, 5)));
    }

    [Fact]
    public void A_border_that_is_off_moves_to_the_edge_of_colour()
    {
        var truth = RandomMasks.Fill(60, 50, (x, y) => x is >= 20 and < 44 && y is >= 12 and < 38);
        var coarse = SoftMask.FromBorder(RunLengthMask.FromMask(truth).PlaceIn(truth.Size, 3, -2).ToBinaryMask(), 3);

        var refined = new FullyConnectedCrf(Paint(truth, 1)).Refine(coarse).Cut();

        AsciiMask.Equal(truth, refined);
    }

    [Fact]
    public void No_rounds_give_the_mask_back()
    {
        var (image, mask) = Scene(12, 9, 7);

        var refined = new FullyConnectedCrf(image, new FullyConnectedCrfOptions { Iterations = 0, MaxConfidence = 0.999f }).Refine(mask);

        Assert.All(Enumerable.Range(0, 12 * 9), i => Assert.Equal(Math.Clamp(mask.Values[i], 0.001f, 0.999f), refined.Values[i], 1e-4f));
    }

    [Fact]
    public void A_single_pixel_and_impossible_settings_are_answered()
    {
        var image = new RgbImage(1, 1, [1, 2, 3]);

        Assert.InRange(new FullyConnectedCrf(image).Refine(new SoftMask(new ImageSize(1, 1), [0.7f])).Values[0], 0.7f, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => new FullyConnectedCrf(image, new FullyConnectedCrfOptions { ColorSigma = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FullyConnectedCrf(image, new FullyConnectedCrfOptions { AppearanceWeight = float.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FullyConnectedCrf(image, new FullyConnectedCrfOptions { MaxConfidence = 1 }));
        Assert.Throws<ArgumentException>(() => new FullyConnectedCrf(image).Refine(new SoftMask(new ImageSize(2, 1), [0, 1])));
    }

    /// <summary>Object and surroundings in two colours, with noise.</summary>
    internal static RgbImage Paint(BinaryMask mask, int seed)
    {
        var (random, pixels) = (new Random(seed), new byte[3 * mask.Size.PixelCount]);
        for (var i = 0; i < pixels.Length; i++)
        {
            var isInside = mask[i / 3 % mask.Width, i / 3 / mask.Width];
            pixels[i] = (byte)((isInside ? 60 + (40 * (i % 3)) : 150 - (30 * (i % 3))) + random.Next(-6, 7));
        }

        return new RgbImage(mask.Width, mask.Height, pixels);
    }

    private static (RgbImage Image, SoftMask Mask) Scene(int width, int height, int seed)
    {
        var truth = RandomMasks.Fill(width, height, (x, y) => ((x - 10) * (x - 10)) + ((y - 9) * (y - 9)) < 45);
        var random = new Random(seed);
        var coarse = SoftMask.FromBorder(RunLengthMask.FromMask(truth).PlaceIn(truth.Size, 2, 1).ToBinaryMask(), 3).Values.ToArray();
        return (Paint(truth, seed), new SoftMask(truth.Size, Array.ConvertAll(coarse, p => Math.Clamp(p + (float)((random.NextDouble() - 0.5) / 3), 0, 1))));
    }

    private static long MaskDifferences(BinaryMask a, BinaryMask b) =>
        Enumerable.Range(0, a.Width * a.Height).Count(i => a[i % a.Width, i / a.Width] != b[i % a.Width, i / a.Width]);

    private static double Nearness(float[] features, int i, int j)
    {
        var squares = Enumerable.Range(0, 5).Sum(d => Math.Pow(features[(5 * i) + d] - features[(5 * j) + d], 2));
        return Math.Exp(-0.5 * squares);
    }
}
