using Maskwright.Geometry;
using Maskwright.Images;
using Xunit;

namespace Maskwright.Tests.Images;

public class PillowResizeTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Box)]
    [InlineData(ResizeFilter.Hamming)]
    [InlineData(ResizeFilter.Bicubic)]
    [InlineData(ResizeFilter.Lanczos)]
    public void Vector_form_gives_the_bytes_of_the_scalar_form(ResizeFilter filter)
    {
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var image = Noise(random.Next(1, 98), random.Next(1, 62), (uint)i);
            var target = new ImageSize(random.Next(1, 132), random.Next(1, 84));
            var area = new PixelBox(image.Width * random.NextDouble() * 0.5, 0, image.Width, image.Height * (1 - (random.NextDouble() * 0.5)));

            var scalar = PillowResize.Resize(image, target, area, filter, vectorised: false);
            var vector = PillowResize.Resize(image, target, area, filter, vectorised: true);

            Assert.True(scalar.Pixels.SequenceEqual(vector.Pixels), $"{image.Size} -> {target} of {area}");
        }
    }

    [Theory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Nearest)]
    [InlineData(ResizeFilter.Box)]
    [InlineData(ResizeFilter.Hamming)]
    [InlineData(ResizeFilter.Bicubic)]
    [InlineData(ResizeFilter.Lanczos)]
    public void An_even_image_stays_even(ResizeFilter filter)
    {
        var image = new RgbImage(31, 17, [.. Enumerable.Repeat(new byte[] { 255, 7, 0 }, 31 * 17).SelectMany(p => p)]);

        var resized = PillowResize.Resize(image, new ImageSize(44, 5), filter);

        Assert.Equal(new ImageSize(44, 5), resized.Size);
        Assert.All(resized.Pixels.ToArray().Chunk(3), pixel => Assert.Equal(new byte[] { 255, 7, 0 }, pixel));
    }

    [Fact]
    public void The_same_size_is_the_same_image()
    {
        var image = Noise(5, 4, 1);

        Assert.Same(image, PillowResize.Resize(image, image.Size));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, -1)]
    public void A_side_without_pixels_is_refused(int width, int height)
        => Assert.Throws<ArgumentOutOfRangeException>(() => PillowResize.Resize(Noise(3, 3, 1), new ImageSize(width, height)));

    [Theory]
    [InlineData(-1, 0, 3, 3)]
    [InlineData(0, 0, 3.01, 3)]
    [InlineData(2, 0, 2, 3)]
    [InlineData(double.NaN, 0, 3, 3)]
    public void A_part_that_is_empty_or_leaves_the_image_is_refused(double x0, double y0, double x1, double y1)
        => Assert.Throws<ArgumentOutOfRangeException>(() => PillowResize.Resize(Noise(3, 3, 1), new ImageSize(2, 2), new PixelBox(x0, y0, x1, y1)));

    internal static RgbImage Noise(int width, int height, uint seed)
    {
        var pixels = new byte[width * height * 3];
        new Random((int)seed).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }
}
