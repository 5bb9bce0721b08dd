using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Testing;
using NetVips;
using Xunit;

namespace Maskwright.Formats.Tests.Images;

public sealed class ImageReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".png", ImageFormat.Png, 0)]
    [InlineData(".tif", ImageFormat.Tiff, 0)]
    [InlineData(".webp", ImageFormat.WebP, 0)]
    [InlineData(".bmp", ImageFormat.Bmp, 0)]
    [InlineData(".avif", ImageFormat.Avif, 2)]
    [InlineData(".jpg", ImageFormat.Jpeg, 60)]
    [InlineData(".gif", ImageFormat.Gif, 80)]
    public void Reads_every_format_whatever_its_file_is_called(string extension, ImageFormat format, int tolerance)
    {
        var image = TestImages.Gradient(67, 41);
        File.WriteAllBytes(_folder.File("mislabelled [page=3].jpg"), TestImages.Encode(image, extension));

        var read = ImageReader.Read(_folder.File("mislabelled [page=3].jpg"));

        Assert.Equal(image.Size, read.Size);
        Assert.True(LargestDifference(image, read) <= tolerance, $"differs by {LargestDifference(image, read)}");
        Assert.Equal(new ImageInfo(image.Size, format, 1, 3, 8, false, false, 1), ImageReader.Identify(_folder.File("mislabelled [page=3].jpg")));
    }

    [Fact]
    public void File_stream_and_memory_give_the_same_image()
    {
        var png = ImageWriter.EncodePng(TestImages.Gradient(31, 17));
        File.WriteAllBytes(_folder.File("a.png"), png);

        Assert.Equal(ImageReader.Read(_folder.File("a.png")).ContentHash(), ImageReader.Read(new MemoryStream(png), "stream").ContentHash());
        Assert.Equal(ImageReader.Read(_folder.File("a.png")).ContentHash(), ImageReader.Read(((byte[])[0, .. png, 0]).AsMemory(1, png.Length), "memory").ContentHash());
    }

    [Theory]
    [InlineData("Landscape", 1800, 1200)]
    [InlineData("Portrait", 1200, 1800)]
    public void Photos_of_every_orientation_are_upright_and_alike(string name, int width, int height)
    {
        var upright = ImageReader.Read(Goldens.Data("robust", "exif", $"{name}_0.jpg"));

        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var file = Goldens.Data("robust", "exif", $"{name}_{orientation}.jpg");
            var image = ImageReader.Read(file);

            Assert.Equal(new ImageSize(width, height), image.Size);
            Assert.Equal((image.Size, orientation), (ImageReader.Identify(file).Size, ImageReader.Identify(file).Orientation));
            Assert.True(MeanDifference(upright, image) < 8, $"orientation {orientation}: {MeanDifference(upright, image)}"); // Each was compressed on its own.
        }
    }

    [Theory]
    [InlineData(1, "abc/def")]
    [InlineData(2, "cba/fed")]
    [InlineData(3, "fed/cba")]
    [InlineData(4, "def/abc")]
    [InlineData(5, "ad/be/cf")]
    [InlineData(6, "da/eb/fc")]
    [InlineData(7, "fc/eb/da")]
    [InlineData(8, "cf/be/ad")]
    public void Orientation_turns_the_pixels_as_exif_says(int orientation, string expected)
    {
        using var stored = TestImages.Vips([.. "abcdef"u8], 3, 2, Enums.BandFormat.Uchar, Enums.Interpretation.Bw);
        using var tagged = stored.Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
        var png = tagged.PngsaveBuffer();

        Assert.Equal(expected, Letters(ImageReader.Read(png, "a.png")));
        Assert.Equal("abc/def", Letters(ImageReader.Read(png, "a.png", new ImageReadOptions { ApplyOrientation = false })));
    }

    [Fact]
    public void Alpha_is_dropped_unless_a_background_is_given()
    {
        using var picture = TestImages.Vips<byte>([200, 100, 0, 0, 200, 100, 0, 255], 2, 1, Enums.BandFormat.Uchar, Enums.Interpretation.Srgb);
        var png = picture.PngsaveBuffer();

        Assert.Equal([200, 100, 0, 200, 100, 0], ImageReader.Read(png, "a.png").Pixels.ToArray());
        Assert.Equal([1, 2, 255, 200, 100, 0], ImageReader.Read(png, "a.png", new ImageReadOptions { Background = (1, 2, 255) }).Pixels.ToArray());
        Assert.True(ImageReader.Identify(png, "a.png").HasAlpha);
    }

    [Fact]
    public void Grey_with_alpha_takes_a_background_too()
    {
        using var picture = TestImages.Vips<byte>([80, 0, 80, 255], 2, 1, Enums.BandFormat.Uchar, Enums.Interpretation.Bw);
        var png = picture.PngsaveBuffer();

        Assert.Equal([80, 80, 80, 80, 80, 80], ImageReader.Read(png, "a.png").Pixels.ToArray());
        Assert.Equal([255, 255, 255, 80, 80, 80], ImageReader.Read(png, "a.png", new ImageReadOptions { Background = (255, 255, 255) }).Pixels.ToArray());
    }

    [Fact]
    public void Sixteen_bits_keep_their_highest_eight_or_are_stretched()
    {
        using var picture = TestImages.Vips<ushort>([0, 255, 256, 0x12FF, 65535, 4096], 3, 2, Enums.BandFormat.Ushort, Enums.Interpretation.Grey16);
        var png = picture.PngsaveBuffer();

        Assert.Equal([0, 0, 1, 0x12, 255, 16], Reds(ImageReader.Read(png, "a.png")));
        Assert.Equal([0, 1, 1, 19, 255, 16], Reds(ImageReader.Read(png, "a.png", new ImageReadOptions { Scaling = SampleScaling.MinMax })));
        Assert.Equal(16, ImageReader.Identify(png, "a.png").BitsPerSample);
    }

    [Fact]
    public void Floating_point_from_0_to_1_is_read_and_anything_else_must_be_stretched()
    {
        var unit = FloatTiff([0, 0.5f, 1, 0.25f]);
        var heights = FloatTiff([-10, 490, float.NaN, 240]);

        Assert.Equal([0, 128, 255, 64], Reds(ImageReader.Read(unit, "unit.tif")));
        Assert.Equal([0, 255, 0, 128], Reds(ImageReader.Read(heights, "heights.tif", new ImageReadOptions { Scaling = SampleScaling.MinMax })));
        var fault = Assert.Throws<InvalidImageException>(() => ImageReader.Read(heights, "heights.tif"));
        Assert.Contains("heights.tif: has floating-point samples from -10 to 490", fault.Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<InvalidImageException>(() => ImageReader.Read(FloatTiff([float.NaN, float.NaN]), "nan.tif")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_bit_avif_is_read_as_eight()
    {
        using var picture = TestImages.Vips([.. Enumerable.Repeat((ushort)0xABCD, 32 * 32 * 3)], 32, 32, Enums.BandFormat.Ushort, Enums.Interpretation.Rgb16);
        var avif = picture.HeifsaveBuffer(bitdepth: 10, lossless: true, compression: Enums.ForeignHeifCompression.Av1);

        Assert.All(ImageReader.Read(avif, "a.avif").Pixels.ToArray(), value => Assert.InRange(value, 0xA9, 0xAD));
    }

    [Fact]
    public void Many_threads_may_read_at_once()
    {
        var image = TestImages.Gradient(120, 90);
        var files = TestImages.Encodings.Select(row => row.Data).Select(extension => (Bytes: TestImages.Encode(image, extension), extension)).ToArray();
        var expected = files.Select(file => ImageReader.Read(file.Bytes, file.extension).ContentHash()).ToArray();

        Parallel.For(0, 140, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var (bytes, extension) = files[i % files.Length];
            Assert.Equal(expected[i % files.Length], ImageReader.Read(bytes, extension).ContentHash());
            Assert.Throws<InvalidImageException>(() => ImageReader.Read(bytes.AsMemory(0, bytes.Length / 2), extension));
        });
    }

    private static byte[] FloatTiff(float[] samples)
    {
        using var picture = TestImages.Vips(samples, samples.Length, 1, Enums.BandFormat.Float, Enums.Interpretation.Bw);
        return picture.TiffsaveBuffer();
    }

    private static byte[] Reds(RgbImage image) => [.. image.Pixels.ToArray().Where((_, i) => i % 3 == 0)];

    private static string Letters(RgbImage image) =>
        string.Join('/', Reds(image).Select(red => (char)red).Chunk(image.Width).Select(row => new string(row)));

    private static int LargestDifference(RgbImage a, RgbImage b) => a.Pixels.ToArray().Zip(b.Pixels.ToArray(), (x, y) => Math.Abs(x - y)).Max();

    private static double MeanDifference(RgbImage a, RgbImage b) => Enumerable.Range(0, a.Pixels.Length / 97).Average(i => Math.Abs(a.Pixels[i * 97] - b.Pixels[i * 97]));
}
