using Maskwright.Geometry;
using Maskwright.Networks.Seedling;
using Xunit;

namespace Maskwright.Networks.Tests.Seedling;

public sealed class SeedlingFrameTests
{
    [Theory]
    [InlineData(640, 480, 512, 384)]
    [InlineData(480, 640, 384, 512)]
    [InlineData(481, 321, 512, 352)]
    [InlineData(1, 1, 512, 512)]
    [InlineData(1, 9000, 32, 512)]
    [InlineData(20000, 3, 512, 32)]
    [InlineData(120, 90, 512, 384)]
    public void Fits_any_image_into_multiples_of_32(int width, int height, int across, int down)
    {
        var frame = new SeedlingFrame(new ImageSize(width, height), 512);

        Assert.Equal(new ImageSize(across, down), frame.Canvas);
        Assert.Equal(new ImageSize(across / 4, down / 4), frame.Cells);
        Assert.Equal((across, down), ((int)frame.ToCanvas(width, height).X, (int)frame.ToCanvas(width, height).Y));
        var back = frame.ToImage(across, down);
        Assert.Equal((width, height), ((int)Math.Round(back.X), (int)Math.Round(back.Y)));
    }

    [Fact]
    public void Prepares_planes_of_the_canvas()
    {
        var image = TinySeedling.Square(90, 60);
        var frame = new SeedlingFrame(image.Size, 128);

        var planes = frame.Prepare(image);

        Assert.Equal([1, 3, 96, 128], planes.Shape);
        Assert.InRange(planes.Floats.Max(), 1.5f, 2.7f);
        Assert.Throws<ArgumentException>(() => frame.Prepare(TinySeedling.Square(60, 90)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(500)]
    public void Refuses_sides_that_the_network_cannot_halve(int side) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeedlingFrame(new ImageSize(4, 3), side));
}
