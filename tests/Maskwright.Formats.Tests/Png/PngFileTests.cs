using System.Text;
using Maskwright.Formats.Png;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Png;

public sealed class PngFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact] // the check value of this CRC, as its catalogues have it
    public void Checksum_of_the_nine_digits() => Assert.Equal(0xCBF43926u, ~Crc32.Add(uint.MaxValue, Encoding.ASCII.GetBytes("123456789")));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 3)]
    [InlineData(65, 40)]
    [InlineData(31, 70)]
    public void A_mask_reads_back_as_black_and_white(int width, int height)
    {
        var random = new Random(width);
        var mask = new BinaryMask(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                mask[x, y] = y % 5 < 3 && random.Next(2) == 0;
            }
        }

        MaskPng.Write(_folder.File("m.png"), RunLengthMask.FromMask(mask));

        using var image = NetVips.Image.NewFromFile(_folder.File("m.png"));
        Assert.Equal(1, image.Bands);
        var expected = Enumerable.Range(0, width * height).Select(i => (byte)(mask[i % width, i / width] ? 255 : 0));
        Assert.Equal(expected, image.WriteToMemory<byte>());
    }

    [Fact]
    public void Four_channels_read_back()
    {
        byte[] pixels = [1, 2, 3, 4, 255, 254, 253, 252, 9, 9, 9, 0, 0, 0, 0, 255];
        using var stream = new MemoryStream();
        using (var png = new PngFile(stream, new ImageSize(2, 2), PngPixels.Rgba8))
        {
            png.WriteRow(pixels.AsSpan(0, 8));
            png.WriteRow(pixels.AsSpan(8, 8));
            png.Complete();
        }

        using var image = NetVips.Image.NewFromBuffer(stream.ToArray());
        Assert.Equal(pixels, image.WriteToMemory<byte>());
    }

    [Fact]
    public void Numbers_files_only_where_there_are_several()
    {
        var one = new MaskPngWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square));
        var two = new MaskPngWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square, SampleMasks.Ring));

        Assert.Equal([_folder.File("cat.mask.png")], one);
        Assert.Equal([_folder.File("cat.mask-0.png"), _folder.File("cat.mask-1.png")], two);
    }

    [Fact]
    public void A_result_of_fewer_masks_leaves_none_of_the_earlier_ones()
    {
        new MaskPngWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square, SampleMasks.Ring, SampleMasks.Square));

        new MaskPngWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square, SampleMasks.Ring));

        Assert.Equal(["cat.mask-0.png", "cat.mask-1.png"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }
}
