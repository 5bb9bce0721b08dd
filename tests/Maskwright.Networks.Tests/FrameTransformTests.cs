using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests;

public class FrameTransformTests
{
    [Theory]
    [InlineData(1800, 1200, 1024, 1024, 683)]
    [InlineData(1000, 333, 1024, 1024, 341)]
    [InlineData(1001, 1000, 1024, 1024, 1023)]
    [InlineData(2000, 1, 1024, 1024, 1)]
    [InlineData(3, 2048, 1024, 2, 1024)]
    public void Rounds_the_resized_side_half_up(int width, int height, int canvas, int resizedWidth, int resizedHeight)
    {
        Assert.Equal(new ImageSize(resizedWidth, resizedHeight), new FrameTransform(new ImageSize(width, height), canvas).Resized);
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Resized_sizes_equal_the_reference()
    {
        var cases = GoldenCase.Open("sam_tiny", "preprocess_shapes").Outputs.GetProperty("target_hw").EnumerateArray().ToArray();

        Assert.All(cases, golden =>
        {
            var transform = new FrameTransform(new ImageSize(golden.GetProperty("w").GetInt32(), golden.GetProperty("h").GetInt32()), golden.GetProperty("long").GetInt32());
            Assert.Equal(new ImageSize(golden.GetProperty("out")[1].GetInt32(), golden.GetProperty("out")[0].GetInt32()), transform.Resized);
        });
    }

    [Theory]
    [InlineData("preprocess_truck_small_png", "truck_small.png")]
    [InlineData("preprocess_truck_jpg", "truck.jpg")]
    [Trait("Kind", "parity")]
    public void Pixels_and_points_reach_the_canvas_as_in_the_reference(string name, string photo)
    {
        var golden = GoldenCase.Open("sam_tiny", name);
        var image = ImageReader.Read(Goldens.Open("images", photo));
        var transform = new FrameTransform(image.Size, 256);

        var tensor = transform.Prepare(image);

        golden.Output("preprocessed").AssertClose(tensor.Floats, 1e-6);
        var points = golden.Outputs.GetProperty("apply_coords");
        foreach (var (from, to) in points.GetProperty("in").EnumerateArray().Zip(points.GetProperty("out").EnumerateArray()))
        {
            var (x, y) = transform.ToCanvas(from[0].GetDouble(), from[1].GetDouble());
            Assert.Equal((float)to[0].GetDouble(), x, 1e-6f * 256);
            Assert.Equal((float)to[1].GetDouble(), y, 1e-6f * 256);
        }
    }

    [Fact]
    public void Pads_with_zeros_after_normalising()
    {
        var tensor = new FrameTransform(new ImageSize(4, 2), 8).Prepare(new RgbImage(4, 2, [.. Enumerable.Repeat((byte)255, 24)]));

        Assert.Equal((255 - 123.675f) / 58.395f, tensor.Floats[0], 1e-6f);
        Assert.All(tensor.Floats[(4 * 8)..(8 * 8)], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Refuses_an_image_of_another_size()
    {
        Assert.Throws<ArgumentException>(() => new FrameTransform(new ImageSize(4, 2), 8).Prepare(new RgbImage(2, 4, new byte[24])));
    }
}
