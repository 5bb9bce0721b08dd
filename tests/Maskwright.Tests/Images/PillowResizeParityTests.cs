using System.Security.Cryptography;
using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Images;

[Trait("Kind", "parity")]
public class PillowResizeParityTests
{
    [Theory]
    [InlineData("nearest", ResizeFilter.Nearest)]
    [InlineData("bilinear", ResizeFilter.Bilinear)]
    [InlineData("bicubic", ResizeFilter.Bicubic)]
    [InlineData("box", ResizeFilter.Box)]
    [InlineData("hamming", ResizeFilter.Hamming)]
    [InlineData("lanczos", ResizeFilter.Lanczos)]
    public void Gives_the_bytes_of_pillow_at_every_size(string name, ResizeFilter filter)
    {
        var golden = GoldenCase.Open("image_ops", "pillow_resize_rgb_37x53");
        var image = Source(golden);
        var outputs = golden.ArrayNames.Where(output => output.StartsWith(name + "_w", StringComparison.Ordinal)).ToArray();

        Assert.Equal(8, outputs.Length);
        foreach (var output in outputs.Select(golden.Output))
        {
            var target = new ImageSize(output.Shape[1], output.Shape[0]);
            output.AssertEqual(PillowResize.Resize(image, target, Whole, filter, vectorised: true).Pixels);
            output.AssertEqual(PillowResize.Resize(image, target, Whole, filter, vectorised: false).Pixels);
        }
    }

    [Fact]
    public void Resizes_a_part_between_pixels_as_pillow_does()
    {
        var golden = GoldenCase.Open("image_ops", "pillow_resize_rgb_37x53");
        var box = golden.Outputs.GetProperty("bilinear_box_params").GetProperty("box").Deserialize<double[]>() ?? [];

        var resized = PillowResize.Resize(Source(golden), new ImageSize(20, 15), new PixelBox(box[0], box[1], box[2], box[3]));

        golden.Output("bilinear_box").AssertEqual(resized.Pixels);
    }

    [Fact]
    public void Grey_is_the_grey_of_pillow()
    {
        var golden = GoldenCase.Open("image_ops", "pillow_resize_rgb_37x53");

        golden.Output("convert_L").AssertEqual<byte>(Luma.FromRgb(Source(golden)));
    }

    [Theory]
    [InlineData("preprocess_truck_jpg")]
    [InlineData("preprocess_truck_small_png")]
    public void A_photo_shrinks_to_the_bytes_of_the_reference(string name)
    {
        var golden = GoldenCase.Open("sam_tiny", name);
        var expected = ImageReader.Read(Goldens.Open("sam_tiny", golden.Outputs.GetProperty("resized_png").GetString() ?? string.Empty));

        var resized = PillowResize.Resize(ImageReader.Read(Goldens.Open("sam_tiny", golden.Inputs.GetProperty("image").GetProperty("file").GetString() ?? string.Empty)), expected.Size);

        Assert.True(expected.Pixels.SequenceEqual(resized.Pixels), "The resized pixels differ.");
        Assert.Equal(golden.Outputs.GetProperty("resized_u8_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(resized.Pixels)));
    }

    private static readonly PixelBox Whole = new(0, 0, 53, 37);

    private static RgbImage Source(GoldenCase golden) => new(53, 37, golden.Output("image").Values<byte>());
}
