using Maskwright.Graphs.Operations;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Onnx;

public class ResamplingTests
{
    private static readonly Dim[] AnySize = [1, 2, Dim.Symbolic("H"), Dim.Symbolic("W")];

    [Theory]
    [Trait("Kind", "parity")]
    [InlineData("bilinear", 34, 46)]
    [InlineData("bilinear", 9, 11)]
    [InlineData("bilinear", 40, 13)]
    [InlineData("bilinear", 1, 1)]
    [InlineData("bilinear", 17, 60)]
    [InlineData("nearest", 34, 46)]
    [InlineData("nearest", 9, 11)]
    [InlineData("nearest", 40, 13)]
    [InlineData("nearest", 128, 128)]
    public void Resizes_as_the_reference_does(string mode, int height, int width)
    {
        var golden = GoldenCase.Open("image_ops", "torch_interpolate");
        var x = GraphProbe.Synthetic("interp", 1, 2, 17, 23);
        Tensor Resize(Interpolation interpolation, bool align) => GraphProbe.Run((g, v) => g.Resize(v, height, width, interpolation, align), AnySize, x);

        if (mode == "nearest")
        {
            golden.Output($"nearest_h{height}_w{width}").AssertClose(Resize(Interpolation.Nearest, false).Floats, 1e-6);
            return;
        }

        golden.Output($"bilinear_h{height}_w{width}_align0").AssertClose(Resize(Interpolation.Bilinear, false).Floats, 1e-5);
        golden.Output($"bilinear_h{height}_w{width}_align1").AssertClose(Resize(Interpolation.Bilinear, true).Floats, 1e-5);
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Enlarges_by_a_factor_whatever_the_size()
    {
        var golden = GoldenCase.Open("image_ops", "torch_interpolate");

        var y = GraphProbe.Run((g, v) => g.Enlarge(v, 2), AnySize, GraphProbe.Synthetic("interp", 1, 2, 17, 23));

        golden.Output("bilinear_scale2.0").AssertClose(y.Floats, 1e-5);
    }

    [Theory]
    [InlineData(7, 10)]
    [InlineData(8, 9)]
    public void A_halved_map_comes_back_to_the_size_of_the_first(int height, int width)
    {
        var x = GraphProbe.Synthetic("map", 1, 2, height, width);

        var resized = GraphProbe.Run((g, v) => g.Add(v, g.ResizeLike(g.MaxPool2d(v, 2, 2), v, Interpolation.Nearest)), AnySize, x);
        var padded = GraphProbe.Run((g, v) => g.Add(v, g.PadLike(g.Enlarge(g.MaxPool2d(v, 2, 2), 2), v)), AnySize, x);

        Assert.Equal(x.Shape, resized.Shape);
        Assert.Equal(x.Shape, padded.Shape);
    }

    [Theory]
    [InlineData(PadMode.Zero, new float[] { 0, 1, 2, 3, 0, 0 })]
    [InlineData(PadMode.Reflect, new float[] { 2, 1, 2, 3, 2, 1 })]
    [InlineData(PadMode.Replicate, new float[] { 1, 1, 2, 3, 3, 3 })]
    public void Borders_hold_what_their_mode_says(PadMode mode, float[] expected)
    {
        var y = GraphProbe.Run((g, v) => g.Pad(v, 0, 0, 1, 2, mode), [1, 1, 1, Dim.Symbolic("W")], Tensor.Of([1f, 2, 3], 1, 1, 1, 3));

        Assert.Equal(expected, y.Floats);
    }

    [Fact]
    public void Cuts_the_middle_out_of_a_larger_map()
    {
        var x = Tensor.Of([.. Enumerable.Range(0, 35).Select(i => (float)i)], 1, 1, 5, 7);

        var y = GraphProbe.Run((g, v) => g.CropLike(v, g.MaxPool2d(v, 3, 1)), [1, 1, Dim.Symbolic("H"), Dim.Symbolic("W")], x);
        var corner = GraphProbe.Run((g, v) => g.Crop(v, 1, 2, 1, 3), [1, 1, Dim.Symbolic("H"), Dim.Symbolic("W")], x);

        Assert.Equal([8f, 9, 10, 11, 12, 15, 16, 17, 18, 19, 22, 23, 24, 25, 26], y.Floats);
        Assert.Equal([9f, 10, 11], corner.Floats);
    }

    [Fact]
    public void Tokens_of_a_map_of_any_size_become_a_map_again()
    {
        var x = GraphProbe.Synthetic("map", 1, 2, 5, 3);
        var (height, width) = (AnySize[2], AnySize[3]);

        var y = GraphProbe.Run(
            (g, v) => g.Transpose(g.Reshape(g.Multiply(g.Transpose(g.Reshape(v, 1, 2, height.Times(width)), 0, 2, 1), 2), 1, height, width, 2), 0, 3, 1, 2),
            AnySize,
            x);

        GraphProbe.AssertClose([.. x.Floats.Select(f => 2 * f)], y.Floats, 0);
    }

    [Theory]
    [Trait("Kind", "parity")]
    [InlineData(7, 7, "7", 0, false)]
    [InlineData(7, 7, "7", 0, true)]
    [InlineData(7, 7, "7", 2, false)]
    [InlineData(7, 7, "7", 2, true)]
    [InlineData(5, 3, "(5,3)", 0, false)]
    [InlineData(5, 3, "(5,3)", 0, true)]
    [InlineData(5, 3, "(5,3)", 2, false)]
    [InlineData(5, 3, "(5,3)", 2, true)]
    public void Aligns_regions_as_the_reference_does(int height, int width, string size, int ratio, bool aligned)
    {
        var golden = GoldenCase.Open("image_ops", "box_ops");
        var rois = golden.Output("rois").Values<float>().Chunk(5).ToArray();
        var g = new GraphBuilder("net");
        var operation = new RoiAlign(height, width, 0.5, ratio, aligned);
        g.Output("y", g.RoiAlign(g.Input("x", [2, 3, Dim.Symbolic("H"), Dim.Symbolic("W")]), g.Input("boxes", Dim.Symbolic("R"), 4), g.Input("images", ElementType.Int64, Dim.Symbolic("R")), operation));
        using var runner = new Graphs.Onnx.OnnxRuntimeEngine().Load(g.Build(), new Dictionary<string, WeightTensor>());

        var y = runner.Run(new Dictionary<string, Tensor>
        {
            ["x"] = GraphProbe.Synthetic("roi", 2, 3, 20, 24),
            ["boxes"] = Tensor.Of([.. rois.SelectMany(r => r[1..])], rois.Length, 4),
            ["images"] = Tensor.Of(rois.Select(r => (long)r[0]).ToArray(), rois.Length),
        });

        golden.Output($"roi_align_{size}_s{ratio}_a{(aligned ? 1 : 0)}").AssertClose(y["y"].Floats, 1e-5);
    }
}
