using Maskwright.Datasets.Checking;
using Maskwright.Geometry;
using Xunit;

namespace Maskwright.Tests.Datasets.Checking;

public sealed class RingCrossingTests
{
    [Fact]
    public void A_bow_tie_crosses_in_its_middle() =>
        Assert.Equal(new PixelPoint(5, 5), RingCrossing.Find(Ring(0, 0, 10, 10, 10, 0, 0, 10)));

    [Fact]
    public void A_spike_that_runs_back_over_itself_crosses() =>
        Assert.NotNull(RingCrossing.Find(Ring(0, 0, 10, 0, 20, 0, 10, 0, 10, 10, 0, 10)));

    [Fact]
    public void Edges_that_lie_on_one_another_cross() =>
        Assert.NotNull(RingCrossing.Find(Ring(0, 0, 10, 0, 10, 10, 2, 10, 2, 0, 8, 0, 8, -5, 0, -5)));

    [Theory]
    [InlineData(0, 0, 10, 0, 10, 10, 0, 10)]
    [InlineData(0, 0, 10, 0, 10, 10, 0, 10, 0, 0)]
    [InlineData(0, 0, 10, 0, 10, 0, 10, 10)]
    [InlineData(0, 0, 10, 0, 5, 5)]
    [InlineData(0, 0, 4, 4, 8, 0, 8, 8, 4, 4, 0, 8)]
    [InlineData(3, 3, 3, 3)]
    public void A_simple_ring_does_not_cross(params int[] coordinates) => Assert.Null(RingCrossing.Find(Ring(coordinates)));

    [Fact]
    public void A_large_ring_with_one_crossing_is_found()
    {
        var circle = Enumerable.Range(0, 5000).Select(i => new PixelPoint(1000 * Math.Cos(i * Math.Tau / 5000), 1000 * Math.Sin(i * Math.Tau / 5000))).ToArray();
        Assert.Null(RingCrossing.Find(circle));

        (circle[700], circle[701]) = (circle[701], circle[700]);

        var at = Assert.NotNull(RingCrossing.Find(circle));
        Assert.InRange(Math.Sqrt(Math.Pow(at.X - circle[700].X, 2) + Math.Pow(at.Y - circle[700].Y, 2)), 0, 3);
    }

    private static PixelPoint[] Ring(params int[] coordinates) => [.. coordinates.Chunk(2).Select(c => new PixelPoint(c[0], c[1]))];
}
