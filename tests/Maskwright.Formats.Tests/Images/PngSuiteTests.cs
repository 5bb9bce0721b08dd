using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Images;

public class PngSuiteTests
{
    [Fact]
    [Trait("Kind", "parity")]
    public void Every_valid_picture_decodes_to_the_published_colours()
    {
        var compared = 0;
        foreach (var file in Directory.EnumerateFiles(Goldens.Data("robust", "pngsuite", "png"), "*.png").Where(file => Path.GetFileName(file)[0] != 'x'))
        {
            var expected = ExpectedColours(file);

            var image = ImageReader.Read(file);

            Assert.True(image.Pixels.SequenceEqual(expected), Path.GetFileName(file));
            compared++;
        }

        Assert.Equal(161, compared);
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Every_bitmap_of_an_opaque_picture_decodes_to_the_colours_of_its_png()
    {
        var compared = 0;
        foreach (var file in Directory.EnumerateFiles(Goldens.Data("robust", "pngsuite", "bmp"), "*.bmp"))
        {
            var png = Goldens.Data("robust", "pngsuite", "png", Path.GetFileNameWithoutExtension(file) + ".png");
            var (image, info) = (ImageReader.Read(file), ImageReader.Identify(png));
            Assert.Equal((ImageFormat.Bmp, image.Size), (ImageReader.Identify(file).Format, info.Size));
            if (info is { HasAlpha: false, BitsPerSample: 8, HasColourProfile: false })
            {
                Assert.True(image.Pixels.SequenceEqual(ImageReader.Read(png).Pixels), Path.GetFileName(file));
                compared++;
            }
        }

        Assert.Equal(111, compared);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Every_corrupt_picture_is_refused_by_name()
    {
        var files = Directory.GetFiles(Goldens.Data("robust", "pngsuite", "png"), "x*.png");

        Assert.Equal(14, files.Length);
        foreach (var file in files)
        {
            var fault = Assert.ThrowsAny<IOException>(() => ImageReader.Read(file));

            Assert.True(fault is InvalidImageException or UnsupportedFormatException, fault.ToString());
            Assert.StartsWith(file, fault.Message, StringComparison.Ordinal);
        }
    }

    // The published values are [r,g,b,a] of 8 bit, or of 16 where the picture has 16.
    private static byte[] ExpectedColours(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var values = JsonSerializer.Deserialize<int[]>(File.ReadAllText(Goldens.Data("robust", "pngsuite", "json", name + ".json"))) ?? [];
        var shift = name.EndsWith("16", StringComparison.Ordinal) ? 8 : 0;
        return [.. values.Where((_, i) => i % 4 != 3).Select(value => (byte)(value >> shift))];
    }
}
