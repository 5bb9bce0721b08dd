using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Networks.DeepLab;
using Maskwright.Networks.Fcn;
using Maskwright.Networks.SegNet;
using Maskwright.Networks.Semantic;
using Maskwright.Networks.UNet;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Semantic;

/// <summary>Every stage that a reference gives out, within 1e-4 of its spread, from a checkpoint in the reference's own layout.</summary>
[Trait("Kind", "parity")]
public class SemanticParityTests
{
    private const double MarginOfTies = 1e-4;

    [Theory]
    [InlineData("fcn_resnet50_200x300")]
    [InlineData("fcn_resnet50_260x346")]
    public void Fcn_resnet50_is_torchvision_s(string name) => Compare("torchvision_seg", name, FcnConfig.ResNet50);

    [Fact]
    public void Fcn_resnet101_is_torchvision_s() => Compare("torchvision_seg", "fcn_resnet101_97x131", FcnConfig.ResNet101);

    [Theory]
    [InlineData("deeplabv3_resnet50_200x300")]
    [InlineData("deeplabv3_resnet50_260x346")]
    public void Deeplabv3_resnet50_is_torchvision_s(string name) => Compare("torchvision_seg", name, DeepLabV3Config.ResNet50);

    [Theory]
    [InlineData("deeplabv3_mobilenet_v3_large_200x300")]
    [InlineData("deeplabv3_mobilenet_v3_large_260x346")]
    public void Deeplabv3_mobilenet_is_torchvision_s(string name) => Compare("torchvision_seg", name, DeepLabV3Config.MobileNetV3);

    [Theory]
    [InlineData("lraspp_mobilenet_v3_large_200x300")]
    [InlineData("lraspp_mobilenet_v3_large_260x346")]
    public void Lraspp_is_torchvision_s(string name) => Compare("torchvision_seg", name, LrAsppConfig.MobileNetV3);

    [Theory]
    [InlineData("deeplabv3plus_mobilenet_os16_129x161_photo")]
    [InlineData("deeplabv3plus_mobilenet_os16_129x161_synthetic")]
    public void Deeplabv3plus_mobilenet_is_VainF_s(string name) => Compare("deeplab_vainf", name, DeepLabV3PlusConfig.MobileNetV2);

    [Theory]
    [InlineData("deeplabv3plus_resnet50_os16_129x161_photo", 16)]
    [InlineData("deeplabv3plus_resnet50_os16_129x161_synthetic", 16)]
    [InlineData("deeplabv3plus_resnet50_os8_97x120_photo", 8)]
    [InlineData("deeplabv3plus_resnet50_os8_97x120_synthetic", 8)]
    public void Deeplabv3plus_resnet50_is_VainF_s(string name, int outputStride) =>
        Compare("deeplab_vainf", name, DeepLabV3PlusConfig.ResNet50 with { Backbone = DeepLabV3PlusConfig.ResNet50.Backbone with { OutputStride = outputStride } });

    [Theory]
    [InlineData("milesial_unet_bilinear_101x131_photo", true)]
    [InlineData("milesial_unet_bilinear_101x131_synthetic", true)]
    [InlineData("milesial_unet_convtranspose_101x131_photo", false)]
    [InlineData("milesial_unet_convtranspose_101x131_synthetic", false)]
    public void Unet_is_milesial_s(string name, bool bilinear) => Compare("unet", name, bilinear ? UNetConfig.PaddedBilinear : UNetConfig.Padded);

    [Theory]
    [InlineData("unet_small_bilinear_eval", true)]
    [InlineData("unet_small_convtranspose_eval", false)]
    public void A_narrow_unet_is_milesial_s(string name, bool bilinear) => Compare("gradients", name, UNetConfig.Padded with { Width = 8, ClassCount = 3, Bilinear = bilinear });

    [Theory]
    [InlineData("say4n_segnet_96x128_photo")]
    [InlineData("say4n_segnet_96x128_synthetic")]
    public void Segnet_is_say4n_s(string name) => Compare("segnet", name, SegNetConfig.Transposed with { ClassCount = 5 });

    private static void Compare(string group, string name, SemanticNetworkConfig config)
    {
        var golden = GoldenCase.Open(group, name);
        var graph = config.Build(new SemanticGraphOptions { WithStages = true, WithAuxiliary = true });
        using var checkpoint = SyntheticWeights.Checkpoint(golden);
        var weights = SyntheticWeights.Resolve(graph, config.Layouts, checkpoint);
        using var runner = new OnnxRuntimeEngine().Load(graph, weights);

        var results = runner.Run(new Dictionary<string, Tensor> { ["image"] = SyntheticWeights.Input(golden) });

        var compared = 0;
        foreach (var output in golden.ArrayNames.Where(output => output is not ("argmax" or "out1" or "input_gradient")))
        {
            var own = output switch { "out" or "out0" or "logits" => "logits", "aux" => "auxiliary", _ => output };
            golden.Output(output).AssertClose(results[own].Floats, 1e-4);
            compared++;
        }

        Assert.True(compared > 0, $"{golden.Name} has nothing to compare.");
        if (golden.Has("argmax"))
        {
            AssertSameLabels(golden.Output("argmax").Values<byte>(), results["logits"]);
        }
    }

    // Where the best two scores are nearly equal, rounding may choose either.
    private static void AssertSameLabels(byte[] expected, Tensor logits)
    {
        var (classes, pixels) = ((int)logits.Shape[1], expected.Length);
        for (var i = 0; i < pixels; i++)
        {
            var scores = Enumerable.Range(0, classes).Select(k => logits.Floats[(k * pixels) + i]).ToArray();
            Assert.True(scores[expected[i]] >= scores.Max() - MarginOfTies, $"pixel {i} is class {Array.IndexOf(scores, scores.Max())}, expected {expected[i]}");
        }
    }
}
