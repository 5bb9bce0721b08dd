using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Fcn;
using Maskwright.Networks.SegNet;
using Maskwright.Networks.Semantic;
using Maskwright.Networks.UNet;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Semantic;

public class SemanticRunTests
{
    private static readonly (long Height, long Width)[] Sizes = [(33, 47), (64, 32)];

    // Narrow forms, so that all of them run in a moment.
    private static readonly SemanticNetworkConfig[] Narrow =
    [
        FcnConfig.ResNet50 with { Backbone = new ResNetConfig { Blocks = [1, 1, 1, 1], Width = 4, OutputStride = 8 } },
        FcnConfig.ResNet50 with { Backbone = new ResNetConfig { Blocks = [1, 2, 1, 1], Width = 4, IsBottleneck = false, OutputStride = 16 } },
        SkipFcnConfig.Fcn8s with { Backbone = SkipFcnConfig.Fcn8s.Backbone with { Width = 2 }, ClassifierWidth = 4 },
        SkipFcnConfig.Fcn16s with { Backbone = SkipFcnConfig.Fcn8s.Backbone with { Width = 2, BatchNorm = true }, ClassifierWidth = 4 },
        SkipFcnConfig.Fcn32s with { Backbone = SkipFcnConfig.Fcn8s.Backbone with { Width = 2 }, ClassifierWidth = 4 },
        UNetConfig.Padded with { Width = 2, Depth = 3 },
        UNetConfig.PaddedBilinear with { Width = 4, Depth = 2, BatchNorm = false },
        EncoderUNetConfig.MobileNetV2 with { Backbone = new MobileNetV2Config { Width = 0.1 }, DecoderWidths = [8, 8, 4] },
        EncoderUNetConfig.MobileNetV3 with { Backbone = new MobileNetV3Config { Width = 0.25 }, DecoderWidths = [8, 8, 4, 4] },
        EncoderUNetConfig.ResNet18 with { Backbone = new VggConfig { Width = 2, BatchNorm = true }, DecoderWidths = [8, 8, 4, 4] },
        SegNetConfig.Basic with { Levels = [[4], [4], [4], [4]] },
        SegNetConfig.Vgg16 with { Levels = [[4, 4], [8, 8]] },
    ];

    public static TheoryData<int> Indices { get; } = [.. Enumerable.Range(0, Narrow.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void One_loaded_network_runs_on_images_of_any_size_and_its_saved_form_agrees(int index)
    {
        var config = Narrow[index] with { ClassCount = 3 };
        var graph = config.Build();
        using var weights = WeightFile.FromArrays(graph.Parameters.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));
        using var runner = new OnnxRuntimeEngine().Load(graph, weights);
        using var folder = new TemporaryFolder();
        OnnxWriter.Write(graph, weights, folder.File("net.onnx"));
        using var saved = new OnnxRuntimeEngine().Open(folder.File("net.onnx"));

        foreach (var (height, width) in Sizes)
        {
            var image = new Dictionary<string, Tensor> { ["image"] = Tensor.Of(SyntheticTensor.Input("input:any", 2, 3, (int)height, (int)width), 2, 3, height, width) };
            var logits = runner.Run(image)["logits"];

            Assert.Equal([2, 3, height, width], logits.Shape);
            Assert.All(logits.Floats.Zip(saved.Run(image)["logits"].Floats), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }
}
