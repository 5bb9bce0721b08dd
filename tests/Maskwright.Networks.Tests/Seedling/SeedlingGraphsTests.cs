using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Networks.Seedling;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Seedling;

public sealed class SeedlingGraphsTests
{
    [Fact]
    [Trait("Kind", "snapshot")]
    public void Parameters_keep_their_names_and_shapes() =>
        Snapshots.Check("seedling.txt", string.Concat(SeedlingGraphs.Parameters(SeedlingConfig.Default).Select(p => $"{p.Name} {p.Shape}\n")));

    [Fact]
    [Trait("Kind", "snapshot")]
    public void Parameters_of_the_first_one_keep_their_names_and_shapes() =>
        Snapshots.Check("seedling-first.txt", string.Concat(SeedlingGraphs.Parameters(SeedlingConfig.First).Select(p => $"{p.Name} {p.Shape}\n")));

    [Fact]
    public void Is_as_small_as_a_repository_wants_it()
    {
        var summary = SeedlingSummary.Of();

        Assert.InRange(summary.ParameterCount, 4_000_000, 6_000_000);
        Assert.InRange(2 * summary.ParameterCount, 1, 12_000_000);
        Assert.InRange(summary.Encoder.Cost!.Value.Total, 1, 7_000_000_000);
        Assert.InRange(summary.Decoder.Cost!.Value.Total, 1, 600_000_000);
    }

    [Theory]
    [InlineData(1, 64, 96)]
    [InlineData(2, 32, 32)]
    [InlineData(1, 160, 32)]
    public void One_graph_looks_at_images_of_any_size(int images, int height, int width)
    {
        using var encoder = new OnnxRuntimeEngine().Load(SeedlingGraphs.Encoder(TinySeedling.Config), TinySeedling.Weights);

        var seen = encoder.Run(new Dictionary<string, Tensor> { ["image"] = Tensor.Of(new float[images * 3 * height * width], images, 3, height, width) });

        Assert.Equal([images, TinySeedling.Config.FineChannels, height / 4, width / 4], seen["f4"].Shape);
        Assert.Equal([images, TinySeedling.Config.MiddleChannels, height / 8, width / 8], seen["f8"].Shape);
        Assert.Equal([images, TinySeedling.Config.CoarseChannels, height / 16, width / 16], seen["f16"].Shape);
        Assert.Equal([images, 1, height / 4, width / 4], seen["boundary"].Shape);
        Assert.Equal([images, 1, height / 8, width / 8], seen["objectness"].Shape);
    }

    [Fact]
    public void Padding_points_say_nothing()
    {
        var features = Features(64, 96);

        var plain = Decode(features, [[30, 20, 1], [70, 40, 0]]);
        var padded = Decode(features, [[5, 60, -1], [30, 20, 1], [90, 9, -1], [70, 40, 0], [0, 0, -1]]);

        AssertClose(plain["masks"].Floats, padded["masks"].Floats, 1e-3);
        AssertClose(plain["quality"].Floats, padded["quality"].Floats, 1e-4);
        Assert.Equal([1, SeedlingConfig.Masks, 16, 24], plain["masks"].Shape);
        Assert.All(plain["quality"].Floats, quality => Assert.InRange(quality, 0, 1));
    }

    [Fact]
    public void A_mask_that_is_said_not_to_be_there_says_nothing()
    {
        var features = Features(64, 96);
        var noise = Enumerable.Range(0, 16 * 24).Select(i => (i % 11) - 5f).ToArray();

        var without = Decode(features, [[30, 20, 1]]);
        var ignored = Decode(features, [[30, 20, 1]], noise, hasMask: 0);
        var heard = Decode(features, [[30, 20, 1]], noise, hasMask: 1);

        AssertClose(without["masks"].Floats, ignored["masks"].Floats, 1e-4);
        Assert.Contains(without["masks"].Floats.Zip(heard["masks"].Floats), pair => Math.Abs(pair.First - pair.Second) > 0.1);
    }

    [Fact]
    public void Saved_as_onnx_it_answers_the_same()
    {
        using var folder = new Maskwright.Testing.TemporaryFolder();
        var graph = SeedlingGraphs.Decoder(TinySeedling.Config);
        OnnxWriter.Write(graph, TinySeedling.Weights, folder.File("decoder.onnx"));
        using var saved = new OnnxRuntimeEngine().Open(folder.File("decoder.onnx"));
        var features = Features(64, 96);

        var here = Decode(features, [[30, 20, 1], [10, 10, 2], [80, 60, 3]]);
        var there = saved.Run(Inputs(features, [[30, 20, 1], [10, 10, 2], [80, 60, 3]], null, 0));

        AssertClose(here["masks"].Floats, there["masks"].Floats, 1e-3);
    }

    [Fact]
    public void Begins_from_the_same_weights_for_the_same_seed()
    {
        using var again = SeedlingInitialisation.Create(TinySeedling.Config, seed: 7);
        using var other = SeedlingInitialisation.Create(TinySeedling.Config, seed: 8);

        Assert.All(TinySeedling.Weights, pair => Assert.Equal(pair.Value.ToFloat32(), again[pair.Key].ToFloat32()));
        Assert.NotEqual(other["encoder.stem.0.conv.weight"].ToFloat32(), again["encoder.stem.0.conv.weight"].ToFloat32());
        Assert.All(again.Values.Where(tensor => tensor.Name.EndsWith("last.weight", StringComparison.Ordinal)), tensor => Assert.All(tensor.ToFloat32(), w => Assert.Equal(0, w)));
    }

    private static IReadOnlyDictionary<string, Tensor> Features(int height, int width)
    {
        using var encoder = new OnnxRuntimeEngine().Load(SeedlingGraphs.Encoder(TinySeedling.Config), TinySeedling.Weights);
        return encoder.Run(new Dictionary<string, Tensor> { ["image"] = Tensor.Of(SyntheticTensor.Input("picture", [1, 3, height, width]), 1, 3, height, width) });
    }

    private static Dictionary<string, Tensor> Inputs(IReadOnlyDictionary<string, Tensor> features, float[][] points, float[]? mask, float hasMask)
    {
        var (rows, columns) = (features["f4"].Shape[2], features["f4"].Shape[3]);
        return new Dictionary<string, Tensor>
        {
            ["f4"] = features["f4"],
            ["f8"] = features["f8"],
            ["f16"] = features["f16"],
            ["points"] = Tensor.Of([.. points.SelectMany(p => p[..2])], 1, points.Length, 2),
            ["labels"] = Tensor.Of([.. points.Select(p => p[2])], 1, points.Length),
            ["mask_input"] = Tensor.Of(mask ?? new float[rows * columns], 1, 1, rows, columns),
            ["has_mask"] = Tensor.Of([hasMask], 1),
            ["regions"] = Tensor.Of(new float[SeedlingConfig.RegionAnswers * rows * columns], 1, SeedlingConfig.RegionAnswers, rows, columns),
        };
    }

    private static IReadOnlyDictionary<string, Tensor> Decode(IReadOnlyDictionary<string, Tensor> features, float[][] points, float[]? mask = null, float hasMask = 0)
    {
        using var decoder = new OnnxRuntimeEngine().Load(SeedlingGraphs.Decoder(TinySeedling.Config), TinySeedling.Weights);
        return decoder.Run(Inputs(features, points, mask, hasMask));
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
