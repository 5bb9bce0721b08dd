using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.MaskRcnn;

public class MaskRcnnPartTests
{
    [Theory]
    [InlineData("mask-rcnn-resnet50-fpn", 44401393)]
    [InlineData("mask-rcnn-resnet50-fpn-v2", 46359409)]
    public void Counts_parameters_as_published(string name, long parameters)
    {
        var config = MaskRcnnConfig.Presets.Single(p => p.Name == name);

        var learned = MaskRcnnGraphs.Parameters(config).Where(p => !p.Name.Contains("running_", StringComparison.Ordinal)).Sum(p => p.Shape.ElementCount!.Value);

        Assert.InRange(learned, parameters * 0.998, parameters * 1.002); // torchvision's count of frozen normalisations differs
    }

    [Fact]
    [Trait("Kind", "snapshot")]
    public void Names_and_shapes_of_parameters_stay_as_they_are() => Snapshots.Check("mask-rcnn-parameters.txt", string.Concat(MaskRcnnConfig.Presets.Select(config =>
        $"{config.Name}\n{string.Concat(MaskRcnnGraphs.Parameters(config).Where(p => !p.Name.Contains("backbone.body.layer", StringComparison.Ordinal)).Select(p => $"  {p}\n"))}")));

    [Fact]
    public void Saved_graphs_run_elsewhere_with_the_same_results()
    {
        var config = MaskRcnnConfig.ResNet18Small with { ClassCount = 3, PyramidWidth = 8, BoxWidth = 8, Backbone = ResNetConfig.ResNet18 with { Width = 4, Blocks = [1, 1, 1, 1] } };
        using var weights = WeightFile.FromArrays(MaskRcnnGraphs.Parameters(config).Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));
        var image = new Dictionary<string, Tensor> { ["image"] = Tensor.Of(SyntheticTensor.Input("input:saved", 1, 3, 64, 96), 1, 3, 64, 96) };
        var levels = new RegionLevels([new RegionBox(1, 2, 30, 40), new RegionBox(0, 0, 90, 60)]);

        var features = AssertSame(MaskRcnnGraphs.Features(config), weights, image);

        AssertSame(MaskRcnnGraphs.Boxes(config), weights, levels.Inputs(features));
        AssertSame(MaskRcnnGraphs.Masks(config), weights, levels.Inputs(features));
    }

    [Fact]
    public void A_box_moves_by_its_own_sides_and_grows_by_powers_of_e()
    {
        var moved = new RegionBox(10, 20, 30, 60).Moved((0.5f, -0.25f, MathF.Log(2), 0));

        Assert.Equal(new RegionBox(10, 10, 50, 50), moved);
    }

    [Fact]
    public void Anchors_stand_cell_by_cell_and_ratio_by_ratio()
    {
        var anchors = AnchorGrid.Of(32, [0.5, 1, 2], new ImageSize(3, 2), new ImageSize(24, 16));

        Assert.Equal(18, anchors.Count);
        Assert.Equal(new RegionBox(-23, -11, 23, 11), anchors[0]);
        Assert.Equal(new RegionBox(-16 + 8, -16 + 8, 16 + 8, 16 + 8), anchors[13]);
    }

    [Fact]
    public void Large_boxes_are_read_from_coarse_maps()
    {
        var levels = new RegionLevels([new RegionBox(0, 0, 500, 500), new RegionBox(0, 0, 10, 10), new RegionBox(0, 0, 224, 224), new RegionBox(0, 0, 112, 112)]);

        Assert.Equal([3, 0, 2, 1], levels.Levels);
        Assert.Equal([3f, 0, 2, 1], levels.InBoxOrder(Tensor.Of([0f, 1, 2, 3], 4, 1)));
    }

    [Fact]
    public void A_full_mask_fills_the_whole_pixels_that_its_widened_box_touches()
    {
        var ones = Enumerable.Repeat(1f, 28 * 28).ToArray();

        var inside = MaskPasting.Paste(ones, 28, new RegionBox(2, 1, 6, 4), new ImageSize(10, 6), 0.5);
        var across = MaskPasting.Paste(ones, 28, new RegionBox(-3, -3, 2, 2), new ImageSize(10, 6), 0.5);

        AsciiMask.Equal(AsciiMask.Parse("""
            .######...
            .######...
            .######...
            .######...
            .######...
            ..........
            """), inside);
        Assert.True(across[0, 0] && !across[5, 5]);
    }

    private static IReadOnlyDictionary<string, Tensor> AssertSame(Graph graph, WeightFile weights, Dictionary<string, Tensor> inputs)
    {
        using var folder = new TemporaryFolder();
        OnnxWriter.Write(graph, weights, folder.File("net.onnx"));
        using var own = new OnnxRuntimeEngine().Load(graph, weights);
        using var saved = new OnnxRuntimeEngine().Open(folder.File("net.onnx"));
        var (expected, actual) = (own.Run(inputs), saved.Run(inputs));
        Assert.All(expected, output => Assert.All(output.Value.Floats.Zip(actual[output.Key].Floats), pair => Assert.Equal(pair.First, pair.Second, 1e-4)));
        return expected;
    }
}
