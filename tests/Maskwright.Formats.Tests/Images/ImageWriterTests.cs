using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Images;

public sealed class ImageWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Png_gives_back_every_pixel()
    {
        var image = TestImages.Gradient(65, 33);

        ImageWriter.WritePng(image, _folder.File("a.png"));

        Assert.Equal(image.ContentHash(), ImageReader.Read(_folder.File("a.png")).ContentHash());
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Jpeg_comes_close()
    {
        var image = new Maskwright.Images.RgbImage(16, 16, [.. Enumerable.Repeat(new byte[] { 200, 90, 30 }, 256).SelectMany(pixel => pixel)]);

        ImageWriter.WriteJpeg(image, _folder.File("a.jpg"), 95);

        Assert.All(ImageReader.Read(_folder.File("a.jpg")).Pixels.ToArray().Zip(image.Pixels.ToArray()), pair => Assert.InRange(pair.First, pair.Second - 3, pair.Second + 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageWriter.WriteJpeg(image, _folder.File("b.jpg"), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageWriter.WriteJpeg(image, _folder.File("b.jpg"), 101));
    }

    [Fact]
    public void A_mask_is_grey_0_and_255_of_8_bit()
    {
        var mask = AsciiMask.Parse("""
            #.#
            .##
            """);

        ImageWriter.WritePng(mask, _folder.File("m.png"));

        Assert.Equal([255, 0, 255, 0, 255, 255], MaskImageReader.ReadLabels(_folder.File("m.png")).Labels.ToArray());
        Assert.Equal((1, 8), (ImageReader.Identify(_folder.File("m.png")).Channels, ImageReader.Identify(_folder.File("m.png")).BitsPerSample));
        AsciiMask.Equal(mask, MaskImageReader.ReadMask(_folder.File("m.png")));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 2)]
    [InlineData(64, 2)]
    [InlineData(65, 3)]
    [InlineData(200, 7)]
    public void A_mask_of_any_width_comes_back(int width, int height)
    {
        var mask = new BinaryMask(width, height);
        for (var i = 0; i < width * height; i += 3)
        {
            mask[i % width, i / width] = true;
        }

        ImageWriter.WritePng(mask, _folder.File("m.png"));

        AsciiMask.Equal(mask, MaskImageReader.ReadMask(_folder.File("m.png")));
    }

    [Theory]
    [InlineData(255, 8)]
    [InlineData(256, 16)]
    [InlineData(65535, 16)]
    public void Labels_take_8_bit_where_they_can_and_16_where_they_must(int largest, int bits)
    {
        var labels = new LabelMap(new ImageSize(3, 1), [0, 7, largest]);

        ImageWriter.WritePng(labels, _folder.File("l.png"));

        Assert.Equal(bits, ImageReader.Identify(_folder.File("l.png")).BitsPerSample);
        Assert.Equal([0, 7, largest], MaskImageReader.ReadLabels(_folder.File("l.png")).Labels.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void A_label_that_does_not_fit_is_named_and_nothing_is_written(int label)
    {
        var fault = Assert.Throws<ArgumentException>(() => ImageWriter.WritePng(new LabelMap(new ImageSize(1, 1), [label]), _folder.File("l.png")));

        Assert.Contains(label.ToString(), fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_full_disk_is_named()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full.");

        Assert.Contains("/dev/full", Assert.ThrowsAny<IOException>(() => ImageWriter.WritePng(TestImages.Gradient(300, 300), "/dev/full")).Message, StringComparison.Ordinal);
    }
}
