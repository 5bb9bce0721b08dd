using Maskwright.Graphs.Operations;
using Xunit;

namespace Maskwright.Graphs.Tests.Onnx;

public class PoolingTests
{
    private static readonly Dim[] AnySize = [1, 2, Dim.Symbolic("H"), Dim.Symbolic("W")];

    public static TheoryData<int, int, PoolWindow> Windows { get; } = new()
    {
        { 8, 6, new PoolWindow(2, 2) },
        { 9, 7, new PoolWindow(2, 2) },
        { 9, 7, new PoolWindow(2, 2, CeilMode: true) },
        { 9, 7, new PoolWindow(3, 2, 1) },
        { 10, 6, new PoolWindow(3, 2, 1, CeilMode: true) },
        { 9, 9, new PoolWindow(3, 1, 1) },
        { 11, 13, new PoolWindow(2, 2, 0, 3) },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Finds_the_maximum_under_every_window(int height, int width, PoolWindow window)
    {
        var x = GraphProbe.Synthetic("pool", 1, 2, height, width);

        var y = GraphProbe.Run((g, v) => g.Apply("p", new MaxPool2d(window), v), AnySize, x);

        GraphProbe.AssertClose(Pool(x, y, window, values => values.Max()), y.Floats, 0);
    }

    [Theory]
    [InlineData(8, 6, 2, 2, 0, true)]
    [InlineData(9, 7, 3, 2, 1, true)]
    [InlineData(9, 7, 3, 2, 1, false)]
    [InlineData(5, 5, 5, 1, 2, false)]
    public void Averages_with_or_without_the_padding(int height, int width, int kernel, int stride, int padding, bool countPadding)
    {
        var x = GraphProbe.Synthetic("pool", 1, 2, height, width);

        var y = GraphProbe.Run((g, v) => g.AveragePool2d(v, kernel, stride, padding, countPadding), AnySize, x);

        GraphProbe.AssertClose(Pool(x, y, new PoolWindow(kernel, stride, padding), values => values.Sum() / (countPadding ? kernel * kernel : values.Count)), y.Floats);
    }

    [Theory]
    [InlineData(8, 6)]
    [InlineData(9, 7)]
    public void Unpooling_puts_maxima_back_where_they_were(int height, int width)
    {
        var x = GraphProbe.Synthetic("pool", 2, 2, height, width);

        var y = GraphProbe.Run(
            (g, v) =>
            {
                var (maxima, places) = g.MaxPool2dWithIndices(v, 2, 2);
                return g.MaxUnpool2d(maxima, places, like: v);
            },
            [2, .. AnySize[1..]],
            x).Floats;

        for (var i = 0; i < y.Length; i++)
        {
            var (row, column, plane) = (i / width % height, i % width, i / (width * height));
            var window = from r in new[] { row & ~1, row | 1 } from c in new[] { column & ~1, column | 1 } where r < height && c < width select x.Floats[(((plane * height) + r) * width) + c];
            var isPooled = (row | 1) < height && (column | 1) < width;
            Assert.Equal(isPooled && x.Floats[i] == window.Max() ? x.Floats[i] : 0, y[i]);
        }
    }

    [Fact]
    public void Adaptive_cells_cover_whole_pixels_and_may_overlap()
    {
        var x = Tensor.Of([1f, 2, 4, 8, 16], 1, 1, 1, 5);

        GraphProbe.AssertClose([1.5f, 14f / 3, 12f], GraphProbe.Run((g, v) => g.AdaptiveAveragePool2d(v, 1, 3), [1, 1, 1, 5], x).Floats);
        Assert.Equal([6.2f], GraphProbe.Run((g, v) => g.GlobalAveragePool2d(v), [1, 1, 1, Dim.Symbolic("W")], x).Floats);
    }

    [Fact]
    public void Ceiled_windows_that_would_lie_in_the_border_alone_are_refused()
    {
        var g = new GraphBuilder("net");

        Assert.Throws<ShapeException>(() => g.MaxPool2d(g.Input("x", AnySize), 2, 3, ceilMode: true));
        Assert.Throws<ShapeException>(() => g.MaxPool2d(g.Input("z", 1, 1, 1, 1), 2, 2));
    }

    private static float[] Pool(Tensor x, Tensor y, PoolWindow window, Func<List<float>, float> reduce)
    {
        var (height, width, rows, columns) = ((int)x.Shape[2], (int)x.Shape[3], (int)y.Shape[2], (int)y.Shape[3]);
        return [.. Enumerable.Range(0, y.Floats.Length).Select(i =>
        {
            var (plane, top, left) = (i / (rows * columns), (i / columns % rows * window.Stride) - window.Padding, (i % columns * window.Stride) - window.Padding);
            var values = new List<float>();
            for (var tap = 0; tap < window.Kernel * window.Kernel; tap++)
            {
                var (r, c) = (top + (tap / window.Kernel * window.Dilation), left + (tap % window.Kernel * window.Dilation));
                if (r >= 0 && c >= 0 && r < height && c < width)
                {
                    values.Add(x.Floats[(((plane * height) + r) * width) + c]);
                }
            }

            return reduce(values);
        })];
    }
}
