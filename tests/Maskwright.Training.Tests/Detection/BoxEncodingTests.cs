using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Detection;
using Xunit;

namespace Maskwright.Training.Tests.Detection;

public class BoxEncodingTests
{
    [Fact]
    public void Shifts_are_in_sides_of_the_first_box_and_sides_are_logarithms()
    {
        var deltas = BoxEncoding.Of(new RegionBox(0, 0, 10, 20), new RegionBox(5, 0, 25, 20), 10, 5);

        Assert.Equal([10, 0, 5 * MathF.Log(2), 0], deltas);
    }

    [Fact]
    public void What_is_encoded_moves_the_box_to_its_object()
    {
        var (from, to) = (new RegionBox(3, 4, 21, 30), new RegionBox(7, 1, 40, 33));
        var d = BoxEncoding.Of(from, to);

        // The network's own arithmetic: centre plus shift times side, side times the exponential.
        var (x, y) = (from.X0 + (from.Width / 2) + (d[0] * from.Width), from.Y0 + (from.Height / 2) + (d[1] * from.Height));
        var (width, height) = (MathF.Exp(d[2]) * from.Width, MathF.Exp(d[3]) * from.Height);

        Assert.Equal(to.X0, x - (width / 2), 4);
        Assert.Equal(to.Y1, y + (height / 2), 4);
    }
}
