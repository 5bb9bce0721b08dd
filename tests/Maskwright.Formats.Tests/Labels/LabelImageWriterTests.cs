using Maskwright.Formats.Labels;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Testing;
using NetVips;
using Xunit;

namespace Maskwright.Formats.Tests.Labels;

public sealed class LabelImageWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_masks_by_falling_area_small_over_large()
    {
        var path = new LabelImageWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square, SampleMasks.Ring))[0];

        using var image = NetVips.Image.NewFromFile(path);
        Assert.Equal((6, 4, 1, Enums.BandFormat.Uchar), (image.Width, image.Height, image.Bands, image.Format));
        Assert.Equal<byte>(
            [
                1, 1, 1, 1, 1, 1,
                1, 2, 2, 2, 0, 1,
                1, 2, 2, 2, 0, 1,
                1, 1, 1, 1, 1, 1,
            ],
            image.WriteToMemory<byte>());
    }

    [Fact]
    public void Takes_sixteen_bits_from_256_masks_on()
    {
        var size = new ImageSize(20, 15);
        var request = new MaskWriteRequest
        {
            Image = new RgbImage(20, 15, new byte[900]),
            ImagePath = "many.png",
            Proposals = [.. Enumerable.Range(0, 300).Select(i => Pixel(size, i % 20, i / 20))],
            OutputFolder = _folder.Path,
        };

        var path = new LabelImageWriter { WithPalette = true }.Write(request)[0];

        using var image = NetVips.Image.NewFromFile(path);
        Assert.Equal((1, Enums.BandFormat.Ushort), (image.Bands, image.Format));
        Assert.Equal(Enumerable.Range(1, 300).Select(label => (ushort)label), image.WriteToMemory<ushort>());
    }

    [Fact]
    public void A_palette_shows_vocs_colours()
    {
        var path = new LabelImageWriter { WithPalette = true }.Write(SampleMasks.Request(_folder.Path, SampleMasks.Square, SampleMasks.Ring))[0];

        using var image = NetVips.Image.NewFromFile(path);
        Assert.Equal([128, 0, 0], image.Getpoint(0, 0));
        Assert.Equal([0, 128, 0], image.Getpoint(1, 1));
        Assert.Equal([0, 0, 0], image.Getpoint(4, 1));
    }

    [Fact]
    public void Says_when_there_are_more_masks_than_numbers()
    {
        var error = Assert.Throws<UnsupportedFormatException>(() => LabelImageWriter.Write(new LabelMap(new ImageSize(1, 1), [0]), 70_000, _folder.File("x.png")));

        Assert.Contains("65535", error.Message, StringComparison.Ordinal);
    }

    private static MaskProposal Pixel(ImageSize size, int x, int y)
    {
        var mask = new BinaryMask(size);
        mask[x, y] = true;
        return new MaskProposal(RunLengthMask.FromMask(mask), 1);
    }
}
