using Maskwright.Formats.Images;
using NetVips;
using Xunit;

namespace Maskwright.Formats.Tests.Images;

public class ColourProfileTests
{
    [Fact]
    public void Display_p3_becomes_srgb()
    {
        var png = WithProfile([200, 100, 50, 60, 120, 180, 128, 128, 128], 3, "p3");

        var pixels = ImageReader.Read(png, "p3.png").Pixels.ToArray();

        // By the matrices of both spaces: (214.9, 92.6, 31.0), (30.2, 121.8, 185.1) and grey.
        var expected = new[] { 215, 93, 31, 30, 122, 185, 128, 128, 128 };
        Assert.All(pixels.Zip(expected), pair => Assert.InRange(pair.First, pair.Second - 1, pair.Second + 1));
        Assert.True(ImageReader.Identify(png, "p3.png").HasColourProfile);
    }

    [Fact]
    public void A_profile_can_be_ignored()
    {
        byte[] samples = [200, 100, 50, 60, 120, 180];

        Assert.Equal(samples, ImageReader.Read(WithProfile(samples, 2, "p3"), "p3.png", new ImageReadOptions { ApplyColourProfile = false }).Pixels.ToArray());
    }

    [Fact]
    public void Srgb_by_profile_leaves_every_value_as_it_is()
    {
        var samples = Enumerable.Range(0, 768).Select(i => (byte)(i * 37)).ToArray();

        Assert.Equal(samples, ImageReader.Read(WithProfile(samples, 256, "srgb"), "srgb.png").Pixels.ToArray());
    }

    [Fact]
    public void A_profile_for_another_kind_of_image_is_ignored()
    {
        byte[] samples = [200, 100, 50];

        Assert.Equal(samples, ImageReader.Read(WithProfile(samples, 1, "cmyk"), "odd.png").Pixels.ToArray());
    }

    [Fact]
    public void Ink_with_a_profile_becomes_the_colour_it_prints()
    {
        using var paper = TestImages.Vips<byte>([0, 0, 0, 0, 255, 0, 0, 0], 2, 1, Enums.BandFormat.Uchar, Enums.Interpretation.Cmyk);
        using var tagged = paper.Mutate(image => image.Set(GValue.BlobType, "icc-profile-data", Profile("cmyk")));
        var tiff = tagged.TiffsaveBuffer(keep: Enums.ForeignKeep.Icc);

        var printed = ImageReader.Read(tiff, "ink.tif").Pixels.ToArray();
        var naive = ImageReader.Read(tiff, "ink.tif", new ImageReadOptions { ApplyColourProfile = false }).Pixels.ToArray();

        Assert.All(printed[..3], value => Assert.InRange(value, 250, 255));
        Assert.InRange(printed[4], 120, 200); // Printed cyan is no pure green and blue.
        Assert.Equal([255, 255, 255, 0, 255, 255], naive);
    }

    [Fact]
    public void Alpha_survives_the_conversion_of_colours()
    {
        var png = WithProfile([200, 100, 50, 0, 200, 100, 50, 255], 2, "p3");

        var pixels = ImageReader.Read(png, "p3.png", new ImageReadOptions { Background = (9, 8, 7) }).Pixels.ToArray();

        Assert.Equal([9, 8, 7], pixels[..3]);
        Assert.InRange(pixels[3], 214, 216);
    }

    private static byte[] WithProfile(byte[] samples, int width, string profile)
    {
        using var picture = TestImages.Vips(samples, width, 1, Enums.BandFormat.Uchar, Enums.Interpretation.Srgb);
        using var tagged = picture.Mutate(image => image.Set(GValue.BlobType, "icc-profile-data", Profile(profile)));
        return tagged.PngsaveBuffer(keep: Enums.ForeignKeep.Icc);
    }

    private static byte[] Profile(string name) => Image.ProfileLoad(name);
}
