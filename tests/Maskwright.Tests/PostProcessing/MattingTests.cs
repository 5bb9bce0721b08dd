using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class MattingTests
{
    // A part, for the time's sake: cut off from what lies around, it is off by 0.022 on average; the whole picture, solved to 1e-5, by 0.0014.
    private static readonly PixelRect _hair = new(150, 120, 130, 110);

    [Fact]
    [Trait("Kind", "parity")]
    public void Alpha_of_a_furry_animal_is_that_of_the_reference()
    {
        var image = ImageReader.Read(Goldens.Data("matting", "lemur", "lemur.png")).Crop(_hair);
        var trimap = Trimap.FromGray(_hair.Size, Gray("lemur_trimap.png"));
        var expected = Gray("lemur_alpha.png");

        var alpha = ClosedFormMatting.Solve(image, trimap, new ClosedFormMattingOptions { RelativeTolerance = 1e-3 });

        var unknown = Enumerable.Range(0, expected.Length).Where(i => trimap.Unknown[i % _hair.Width, i / _hair.Width]).ToList();
        var difference = unknown.Average(i => Math.Abs(alpha.Values[i] - (expected[i] / 255.0)));
        Assert.True(unknown.Count > 1000, $"Only {unknown.Count} pixels are unknown.");
        Assert.True(difference < 0.03, $"The mean difference is {difference:f4} over {unknown.Count} pixels.");
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Foreground_colours_are_near_those_of_the_reference()
    {
        var image = ImageReader.Read(Goldens.Data("matting", "lemur", "lemur.png")).Crop(_hair);
        var expected = ImageReader.Read(Goldens.Data("matting", "lemur", "lemur_foreground.png")).Crop(_hair);
        var alpha = new SoftMask(_hair.Size, Array.ConvertAll(Gray("lemur_alpha.png"), value => value / 255f));

        var (foreground, _) = ForegroundEstimation.Estimate(image, alpha);

        var covered = Enumerable.Range(0, alpha.Values.Length * 3).Where(i => alpha.Values[i / 3] > 0.1f).ToList();
        var difference = covered.Average(i => Math.Abs(foreground.Pixels[i] - expected.Pixels[i]));
        Assert.True(difference < 4, $"The mean difference is {difference:f2} of 255.");
    }

    [Fact]
    public void The_laplacian_from_box_sums_is_the_matrix_of_the_paper()
    {
        var (image, trimap) = (Noise(8, 7), new Trimap(new BinaryMask(8, 7), new BinaryMask(8, 7)));
        var problem = new MattingProblem(image, trimap, image.Size.Bounds, new ClosedFormMattingOptions { Epsilon = 1e-3 });
        var random = new Random(4);
        double[] values = [.. Enumerable.Range(0, 56).Select(_ => random.NextDouble())];
        var product = new double[56];

        problem.Multiply(values, product);

        // Each window adds the squared residual of its ridge regression; the gradient of the sum, by differences, is twice the product.
        for (var i = 0; i < 56; i += 5)
        {
            var (up, down) = ((double[])values.Clone(), (double[])values.Clone());
            (up[i], down[i]) = (values[i] + 1e-3, values[i] - 1e-3);
            Assert.Equal((Energy(image, up) - Energy(image, down)) / 2e-3, 2 * product[i], 1e-6);
        }
    }

    [Fact]
    public void A_sharp_edge_is_found_inside_the_unknown_band()
    {
        var image = TwoHalves(24, 12, edge: 13);
        var trimap = new Trimap(RandomMasks.Fill(24, 12, (x, _) => x < 8), RandomMasks.Fill(24, 12, (x, _) => x >= 16));

        var alpha = ClosedFormMatting.Solve(image, trimap);

        Assert.Equal(RandomMasks.Fill(24, 12, (x, _) => x < 13), alpha.Cut());
        Assert.All(alpha.Values.ToArray(), value => Assert.True(value is < 0.01f or > 0.99f));
    }

    [Fact]
    public void A_guided_filter_moves_a_coarse_edge_to_the_images_edge()
    {
        var coarse = SoftMask.FromMask(RandomMasks.Fill(40, 20, (x, _) => x < 17));

        var filtered = GuidedFilter.Apply(TwoHalves(40, 20, edge: 20), coarse, new GuidedFilterOptions { RadiusPixels = 8, Epsilon = 1e-6 });

        Assert.Equal(RandomMasks.Fill(40, 20, (x, _) => x < 20), filtered.Cut());
    }

    [Fact]
    public void Where_nothing_differs_a_guided_filter_is_a_blur_and_keeps_what_is_constant()
    {
        var constant = new SoftMask(new ImageSize(30, 20), [.. Enumerable.Repeat(0.25f, 600)]);

        Assert.All(GuidedFilter.Apply(Noise(30, 20), constant).Values.ToArray(), value => Assert.Equal(0.25f, value, 1e-5f));
    }

    [Fact]
    public void What_contradicts_itself_is_refused()
    {
        var full = RandomMasks.Fill(5, 5, (_, _) => true);
        var nothing = new BinaryMask(5, 5);

        Assert.Throws<ArgumentException>(() => new Trimap(full, full));
        Assert.Throws<ArgumentException>(() => ClosedFormMatting.Solve(Noise(5, 5), new Trimap(nothing, nothing)));
        Assert.Throws<ArgumentException>(() => ClosedFormMatting.Solve(Noise(6, 5), new Trimap(full, nothing)));
        Assert.Throws<ArgumentException>(() => new SoftMask(new ImageSize(1, 2), [0, 1.1f]));
        Assert.Throws<ArgumentException>(() => GuidedFilter.Apply(Noise(6, 5), SoftMask.FromMask(full)));
        Assert.Equal(SoftMask.FromMask(full).Values, ClosedFormMatting.Solve(Noise(5, 5), new Trimap(full, nothing)).Values);
    }

    private static byte[] Gray(string file)
    {
        var pixels = ImageReader.Read(Goldens.Data("matting", "lemur", file)).Crop(_hair).Pixels;
        var gray = new byte[pixels.Length / 3];
        for (var i = 0; i < gray.Length; i++)
        {
            gray[i] = pixels[3 * i];
        }

        return gray;
    }

    private static RgbImage Noise(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(6).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage TwoHalves(int width, int height, int edge) =>
        new(width, height, [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)(i / 3 % width < edge ? 200 - (i % 3 * 40) : 30 + (i % 3 * 20)))]);

    // The least of the sum of (a.c + b - v)^2 + epsilon * a.a over a and b, found by solving for a with centred values.
    private static double Energy(RgbImage image, double[] values)
    {
        var energy = 0.0;
        for (var window = 0; window < values.Length; window++)
        {
            var (wx, wy) = (window % image.Width, window / image.Width);
            if (wx > 0 && wy > 0 && wx < image.Width - 1 && wy < image.Height - 1)
            {
                int[] pixels = [.. from dy in new[] { -1, 0, 1 } from dx in new[] { -1, 0, 1 } select window + (dy * image.Width) + dx];
                energy += WindowEnergy([.. pixels.Select(p => values[p])], [.. pixels.Select(p => Enumerable.Range(0, 3).Select(c => image.Pixels[(3 * p) + c] / 255.0).ToArray())]);
            }
        }

        return energy;
    }

    private static double WindowEnergy(double[] values, double[][] colors)
    {
        var (mean, a) = (values.Average(), new double[3]);
        double[] center = [.. Enumerable.Range(0, 3).Select(c => colors.Average(color => color[c]))];
        double Residual(int i) => values[i] - mean - Enumerable.Range(0, 3).Sum(c => a[c] * (colors[i][c] - center[c]));
        for (var round = 0; round < 4000; round++)
        {
            var c = round % 3;
            var slope = Enumerable.Range(0, 9).Sum(i => (Residual(i) + (a[c] * (colors[i][c] - center[c]))) * (colors[i][c] - center[c]));
            a[c] = slope / (Enumerable.Range(0, 9).Sum(i => (colors[i][c] - center[c]) * (colors[i][c] - center[c])) + 1e-3);
        }

        return Enumerable.Range(0, 9).Sum(i => Residual(i) * Residual(i)) + (1e-3 * a.Sum(x => x * x));
    }
}
