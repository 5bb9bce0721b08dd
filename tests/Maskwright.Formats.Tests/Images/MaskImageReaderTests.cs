using Maskwright.Formats.Images;
using Maskwright.Testing;
using NetVips;
using Xunit;

namespace Maskwright.Formats.Tests.Images;

public sealed class MaskImageReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("photos", "labels")]
    [InlineData("street", "labels")]
    public void Labels_of_the_data_sets_stay_in_their_range(string set, string folder)
    {
        var files = Directory.EnumerateFiles(Goldens.Data("masks", set, folder), "*.png").Order().Take(20).ToArray();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.All(MaskImageReader.ReadLabels(file).Labels.ToArray().Distinct(), label => Assert.InRange(label, 0, 255)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_palette_gives_its_indices(int bits)
    {
        var indices = Enumerable.Range(0, 35).Select(i => (byte)(i % (1 << bits))).ToArray();
        using var picture = TestImages.Vips(indices, 7, 5, Enums.BandFormat.Uchar, Enums.Interpretation.Bw);
        var png = PalettePng(picture, bits);
        File.WriteAllBytes(_folder.File("p.png"), png);

        Assert.Equal(indices.Select(i => (int)i), MaskImageReader.ReadLabels(_folder.File("p.png")).Labels.ToArray());
        Assert.Equal(indices.Count(i => i > 0), MaskImageReader.ReadMask(_folder.File("p.png")).Area());
    }

    [Fact]
    public void Black_and_white_by_palette_is_a_mask_by_colour()
    {
        byte[] white = [255, 255, 255, 0, 0, 0]; // Index 0 is white.
        using var picture = TestImages.Vips<byte>([0, 1, 0], 3, 1, Enums.BandFormat.Uchar, Enums.Interpretation.Bw);
        File.WriteAllBytes(_folder.File("p.png"), PalettePng(picture, 1, white));

        AsciiMask.Equal(AsciiMask.Parse("#.#"), MaskImageReader.ReadMask(_folder.File("p.png")));
    }

    [Fact]
    public void Colour_and_lossy_images_are_no_labels()
    {
        ImageWriter.WritePng(TestImages.Gradient(9, 9), _folder.File("c.png"));
        ImageWriter.WriteJpeg(TestImages.Gradient(9, 9), _folder.File("l.jpg"));

        Assert.Contains("colour", Assert.Throws<InvalidAnnotationException>(() => MaskImageReader.ReadLabels(_folder.File("c.png"))).Message, StringComparison.Ordinal);
        Assert.Contains("colour", Assert.Throws<InvalidAnnotationException>(() => MaskImageReader.ReadMask(_folder.File("c.png"))).Message, StringComparison.Ordinal);
        Assert.Contains("lossy", Assert.Throws<InvalidAnnotationException>(() => MaskImageReader.ReadLabels(_folder.File("l.jpg"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_may_be_a_jpeg_or_grey_in_three_channels()
    {
        var grey = new Maskwright.Images.RgbImage(16, 8, [.. Enumerable.Range(0, 16 * 8 * 3).Select(i => (byte)(i / 3 % 16 < 8 ? 255 : 0))]);
        ImageWriter.WriteJpeg(grey, _folder.File("m.jpg"));
        ImageWriter.WritePng(grey, _folder.File("m.png"));
        File.WriteAllBytes(_folder.File("m.bmp"), TestImages.Encode(grey, ".bmp"));

        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            var mask = MaskImageReader.ReadMask(file);
            Assert.Equal((64, 8), (mask.Area(), mask.Bounds().Width));
        }
    }

    [Fact]
    public void A_threshold_cuts_where_it_says()
    {
        ImageWriter.WritePng(new Maskwright.Masks.LabelMap(new(4, 1), [0, 1, 99, 100]), _folder.File("m.png"));

        AsciiMask.Equal(AsciiMask.Parse(".###"), MaskImageReader.ReadMask(_folder.File("m.png")));
        AsciiMask.Equal(AsciiMask.Parse("...#"), MaskImageReader.ReadMask(_folder.File("m.png"), threshold: 100));
    }

    [Theory]
    [Trait("Kind", "hostile")]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(70)]
    public void A_truncated_palette_png_is_refused(int length)
    {
        using var picture = TestImages.Vips([.. Enumerable.Range(0, 200).Select(i => (byte)(i * 7 % 16))], 20, 10, Enums.BandFormat.Uchar, Enums.Interpretation.Bw);
        File.WriteAllBytes(_folder.File("p.png"), PalettePng(picture, 4)[..length]);

        Assert.Throws<InvalidImageException>(() => MaskImageReader.ReadLabels(_folder.File("p.png")));
        Assert.Throws<InvalidImageException>(() => MaskImageReader.ReadMask(_folder.File("p.png")));
    }

    [Fact]
    public void Labels_of_a_tiff_may_have_32_bit()
    {
        using var picture = TestImages.Vips<uint>([0, 70_000, 5], 3, 1, Enums.BandFormat.Uint, Enums.Interpretation.Bw);
        File.WriteAllBytes(_folder.File("l.tif"), picture.TiffsaveBuffer());

        Assert.Equal([0, 70_000, 5], MaskImageReader.ReadLabels(_folder.File("l.tif")).Labels.ToArray());
    }

    // A grey PNG of few bits whose header is made to say palette, and a palette put in.
    private static byte[] PalettePng(Image indices, int bits, byte[]? palette = null)
    {
        using var stretched = indices * (255 / ((1 << bits) - 1));
        using var bytes = stretched.Cast(Enums.BandFormat.Uchar);
        var png = bytes.PngsaveBuffer(bitdepth: bits, keep: Enums.ForeignKeep.None);
        byte[] header = [.. "IHDR"u8, .. png[16..25], 3, .. png[26..29]];
        byte[] colours = [.. "PLTE"u8, .. palette ?? [.. Enumerable.Range(0, 1 << bits).SelectMany(i => new byte[] { (byte)(i * 40), (byte)(255 - i), 9 })]];
        return [.. png[..8], .. Chunk(header), .. Chunk(colours), .. png[33..]];
    }

    private static byte[] Chunk(byte[] nameAndData)
    {
        var length = nameAndData.Length - 4;
        var crc = Checksum.Crc32(nameAndData);
        return [0, 0, (byte)(length >> 8), (byte)length, .. nameAndData, (byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
    }
}
