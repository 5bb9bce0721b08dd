using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class GrabCutTests
{
    [Fact]
    public void A_border_that_is_off_moves_to_the_edge_of_colour()
    {
        var truth = RandomMasks.Fill(70, 60, (x, y) => ((x - 33) * (x - 33)) + ((y - 30) * (y - 30)) < 400);
        var coarse = SoftMask.FromBorder(Dilation.Apply(truth, StructuringElement.Disc(6)), 3);

        var refined = GrabCut.Refine(FullyConnectedCrfTests.Paint(truth, 2), coarse);

        AsciiMask.Equal(truth, refined);
    }

    [Fact]
    public void Beyond_the_band_nothing_changes()
    {
        var truth = RandomMasks.Fill(80, 60, (x, _) => x < 40);
        var coarse = RandomMasks.Fill(80, 60, (x, _) => x < 60);

        var refined = GrabCut.Refine(FullyConnectedCrfTests.Paint(truth, 3), SoftMask.FromBorder(coarse, 3), new GrabCutOptions { BandPixels = 4 });

        Assert.All(Enumerable.Range(0, 60), y => Assert.True(refined[55, y] && !refined[64, y]));
    }

    [Fact]
    public void In_an_image_of_one_colour_the_given_probabilities_decide()
    {
        var mask = RandomMasks.Fill(40, 30, (x, y) => x is >= 10 and < 30 && y is >= 8 and < 22);
        var image = new RgbImage(40, 30, [.. Enumerable.Repeat((byte)90, 40 * 30 * 3)]);

        var refined = GrabCut.Refine(image, SoftMask.FromBorder(mask, 1), new GrabCutOptions { Smoothness = 0 });

        AsciiMask.Equal(mask, refined);
    }

    [Fact]
    public void Masks_without_a_border_come_back()
    {
        var (image, size) = (new RgbImage(3, 2, new byte[18]), new ImageSize(3, 2));

        Assert.Equal(0, GrabCut.Refine(image, new SoftMask(size, new float[6])).Area());
        Assert.Equal(6, GrabCut.Refine(image, new SoftMask(size, [1, 1, 1, 1, 1, 1])).Area());
        Assert.Equal(3, GrabCut.Refine(image, new SoftMask(size, [1, 1, 1, 0, 0, 0]), new GrabCutOptions { Smoothness = 0 }).Area());
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        var (image, mask) = (new RgbImage(3, 2, new byte[18]), new SoftMask(new ImageSize(3, 2), new float[6]));

        Assert.Throws<ArgumentOutOfRangeException>(() => GrabCut.Refine(image, mask, new GrabCutOptions { BandPixels = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => GrabCut.Refine(image, mask, new GrabCutOptions { Components = 17 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => GrabCut.Refine(image, mask, new GrabCutOptions { Smoothness = double.NaN }));
        Assert.Throws<ArgumentException>(() => GrabCut.Refine(new RgbImage(2, 2, new byte[12]), mask));
    }

    [Fact]
    public void Mixtures_tell_colours_apart()
    {
        var random = new Random(8);
        byte[] pixels = [.. Enumerable.Range(0, 600).SelectMany(i => Enumerable.Range(0, 3).Select(c => (byte)((i % 3 * 80) + (c * 10) + random.Next(8))))];

        var mixture = ColorMixture.Fit(pixels, [.. Enumerable.Range(0, 600)], 3, 3);

        Assert.True(mixture.LogDensity(83, 93, 103) > mixture.LogDensity(40, 50, 60) + 10);
        Assert.Equal(mixture.LogDensity(4, 14, 24), mixture.LogDensity(164, 174, 184), 1.5);
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Coarse_masks_of_photos_come_nearer_to_the_truth()
    {
        var image = ImageReader.Read(Goldens.Data("masks", "davis", "images", "blackswan-00000.webp"));
        var truth = MaskImageReader.ReadMask(Goldens.Data("masks", "davis", "labels", "blackswan-00000.png"));
        var coarse = SoftMask.FromBorder(Dilation.Apply(truth, StructuringElement.Disc(5)), 3);

        var cut = GrabCut.Refine(image, coarse);
        var crf = new FullyConnectedCrf(image).Refine(coarse).Cut();

        var before = Maskwright.Metrics.MaskOverlap.Of(coarse.Cut(), truth).Iou;
        Assert.InRange(Maskwright.Metrics.MaskOverlap.Of(cut, truth).Iou, before + 0.05, 1);
        Assert.InRange(Maskwright.Metrics.MaskOverlap.Of(crf, truth).Iou, before + 0.02, 1);
    }
}
