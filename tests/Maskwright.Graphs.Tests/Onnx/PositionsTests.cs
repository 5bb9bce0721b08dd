using Xunit;

namespace Maskwright.Graphs.Tests.Onnx;

public class PositionsTests
{
    [Theory]
    [InlineData(-1, new float[] { 0, 1, 2, 3, 4 })]
    [InlineData(1, new float[] { 0, 1, 2 })]
    public void Counts_along_an_axis_of_any_size(int axis, float[] expected)
    {
        var y = GraphProbe.Run((g, v) => g.Positions(v, axis), [1, Dim.Symbolic("H"), Dim.Symbolic("W")], GraphProbe.Synthetic("places", 1, 3, 5));

        Assert.Equal(expected, y.Floats);
    }

    [Fact]
    public void Refuses_an_axis_that_is_not_there()
    {
        var g = new GraphBuilder("net");

        Assert.Throws<ShapeException>(() => g.Positions(g.Input("x", 2, 3), 2));
    }
}
