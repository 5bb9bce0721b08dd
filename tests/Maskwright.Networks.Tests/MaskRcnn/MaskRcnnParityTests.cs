using System.Text.Json;
using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;
using Maskwright.Networks.Tests.Semantic;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.MaskRcnn;

/// <summary>Every stage of torchvision's Mask R-CNN, from the resized image to the pasted masks.</summary>
[Trait("Kind", "parity")]
public class MaskRcnnParityTests
{
    private const double OddPixelShare = 0.001;


    public static TheoryData<string> Cases { get; } =
        ["maskrcnn_v1_frozenbn_eps0_200x300", "maskrcnn_v1_batchnorm_260x346", "maskrcnn_v2_260x346", "maskrcnn_v1_frozenbn_eps0_default800_200x300"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_stage_is_torchvision_s(string name)
    {
        var golden = GoldenCase.Open("torchvision_maskrcnn", name);
        var config = Config(golden);
        using var checkpoint = SyntheticWeights.Checkpoint(golden);
        var weights = Weights(config, checkpoint);
        var image = Image(golden, config);
        golden.Output("transformed").AssertClose(image.Tensor.Floats, 1e-5);

        var features = CompareFeatures(golden, config, weights, image);
        ComparePresetBoxes(golden, config, weights, features);
        var proposals = ProposalSelection.Choose(features, config, image.Size, image.Canvas);
        AssertSameProposals(golden.Output("proposals").Values<float>(), proposals);
        CompareDetections(golden, config, weights, image);
    }

    private static Dictionary<string, Tensor> CompareFeatures(GoldenCase golden, MaskRcnnConfig config, IReadOnlyDictionary<string, WeightTensor> weights, ResizedImage image)
    {
        using var runner = new OnnxRuntimeEngine().Load(MaskRcnnGraphs.Features(config, withStages: true), weights);
        var features = runner.Run(new Dictionary<string, Tensor> { ["image"] = image.Tensor }).ToDictionary();
        for (var i = 0; i < 4; i++)
        {
            golden.Output($"body_{i}").AssertClose(features[$"body_{i}"].Floats, 1e-4);
        }

        for (var i = 0; i < 5; i++)
        {
            golden.Output(i < 4 ? $"fpn_{i}" : "fpn_pool").AssertClose(features[$"fpn_{i}"].Floats, 1e-4);
            golden.Output($"rpn_objectness{i}").AssertClose(features[$"objectness_{i}"].Floats, 1e-4);
            golden.Output($"rpn_deltas{i}").AssertClose(features[$"deltas_{i}"].Floats, 1e-4);
        }

        var anchors = Enumerable.Range(0, 5).SelectMany(i => AnchorGrid.Of(
            config.AnchorSides[i], config.AnchorRatios, new ImageSize((int)features[$"fpn_{i}"].Shape[3], (int)features[$"fpn_{i}"].Shape[2]), image.Canvas));
        golden.Output("anchors").AssertClose(Flat([.. anchors]), 1e-6);
        return features;
    }

    private static void ComparePresetBoxes(GoldenCase golden, MaskRcnnConfig config, IReadOnlyDictionary<string, WeightTensor> weights, Dictionary<string, Tensor> features)
    {
        RegionBox[] given = [.. golden.Inputs.GetProperty("given_boxes").GetProperty("boxes").EnumerateArray().Select(b => new RegionBox(b[0].GetSingle(), b[1].GetSingle(), b[2].GetSingle(), b[3].GetSingle()))];
        var levels = new RegionLevels(given);
        Assert.Equal(golden.Outputs.GetProperty("given_boxes_level").EnumerateArray().Select(l => l.GetInt32()), levels.Levels);
        using var boxes = new OnnxRuntimeEngine().Load(MaskRcnnGraphs.Boxes(config, withStages: true), weights);
        var said = boxes.Run(levels.Inputs(features));
        golden.Output("given_boxes_roi_align7").AssertClose(levels.InBoxOrder(said["regions"]), 1e-4);
        golden.Output("given_box_head").AssertClose(levels.InBoxOrder(said["hidden"]), 1e-4);
        golden.Output("given_class_logits").AssertClose(levels.InBoxOrder(said["class_logits"]), 1e-4);
        golden.Output("given_box_regression").AssertClose(levels.InBoxOrder(said["box_deltas"]), 1e-4);
        using var masks = new OnnxRuntimeEngine().Load(MaskRcnnGraphs.Masks(config), weights);
        golden.Output("given_mask_logits28").AssertClose(levels.InBoxOrder(masks.Run(levels.Inputs(features))["mask_logits"]), 1e-4);
    }

    private static void CompareDetections(GoldenCase golden, MaskRcnnConfig config, IReadOnlyDictionary<string, WeightTensor> weights, ResizedImage image)
    {
        using var network = new MaskRcnnNetwork(config, weights, new OnnxRuntimeEngine());
        var found = network.Find(image, CancellationToken.None);

        Assert.Equal(golden.Output("labels").Values<long>(), found.Select(f => (long)f.Detection.Class));
        golden.Output("boxes").AssertClose(Flat([.. found.Select(f => f.Detection.Box)]), 1e-4);
        Assert.All(golden.Output("scores").Values<float>().Zip(found), pair => Assert.Equal(1, pair.Second.Detection.Score / pair.First, 1e-4));
        var expected = golden.Output("masks_first6_gt_0.5").Masks();
        for (var i = 0; i < expected.Length; i++)
        {
            var mask = MaskPasting.Paste(found[i].Mask, 28, found[i].Detection.Box, image.Original, 0.5);
            var odd = mask.Words.ToArray().Zip(expected[i].Words.ToArray()).Sum(pair => System.Numerics.BitOperations.PopCount(pair.First ^ pair.Second));
            Assert.True(odd <= OddPixelShare * image.Original.PixelCount, $"{golden.Name}: mask {i} differs in {odd} pixels");
        }
    }

    // Neighbours whose scores agree to the last digits may change places; what follows does not ask for their order.
    private static void AssertSameProposals(float[] expected, IReadOnlyList<RegionBox> actual)
    {
        Assert.Equal(expected.Length, 4 * actual.Count);
        for (var i = 0; i < actual.Count; i++)
        {
            var own = actual.Skip(Math.Max(0, i - 1)).Take(i == 0 ? 2 : 3);
            Assert.Contains(own, box => Flat([box]).Zip(expected[(4 * i)..((4 * i) + 4)]).All(pair => Math.Abs(pair.First - pair.Second) < 0.02));
        }
    }

    private static MaskRcnnConfig Config(GoldenCase golden)
    {
        var c = golden.Config;
        var preset = golden.Name.Contains("v2", StringComparison.Ordinal) ? MaskRcnnConfig.ResNet50V2 : MaskRcnnConfig.ResNet50;
        return preset with
        {
            ShorterSide = c.GetProperty("min_size").GetInt32(),
            LongerSide = c.GetProperty("max_size").GetInt32(),
            DetectionsPerImage = c.GetProperty("box_detections_per_img").GetInt32(),
            ProposalsBeforeSuppression = c.GetProperty("rpn_pre_nms_top_n_test").GetInt32(),
            ProposalsAfterSuppression = c.GetProperty("rpn_post_nms_top_n_test").GetInt32(),
            Backbone = ResNetConfig.ResNet50 with { BatchNormEpsilon = c.GetProperty("frozen_bn_eps").ValueKind == JsonValueKind.Null ? 1e-5 : 0 },
        };
    }

    private static IReadOnlyDictionary<string, WeightTensor> Weights(MaskRcnnConfig config, WeightFile file) =>
        Graphs.Weights.Keys.KeyMap.Resolve(MaskRcnnConfig.Layouts, [.. MaskRcnnGraphs.Parameters(config).Select(p => new ParameterShape(p.Name, p.Shape.ToSizes()))], file);

    private static ResizedImage Image(GoldenCase golden, MaskRcnnConfig config)
    {
        var (samples, size) = SyntheticWeights.Crop(golden);
        var values = new float[samples.Length];
        PixelNormalisation.ImageNet.Apply(samples, values);
        return ResizedImage.Of(values, size, config);
    }

    private static float[] Flat(IReadOnlyList<RegionBox> boxes) => [.. boxes.SelectMany(b => new[] { b.X0, b.Y0, b.X1, b.Y1 })];
}
