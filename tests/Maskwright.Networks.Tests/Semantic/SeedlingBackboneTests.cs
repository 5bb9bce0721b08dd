using Maskwright.Geometry;
using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.DeepLab;
using Maskwright.Networks.Fcn;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Seedling;
using Maskwright.Networks.Semantic;
using Maskwright.Networks.UNet;
using Xunit;

namespace Maskwright.Networks.Tests.Semantic;

public class SeedlingBackboneTests
{
    public static TheoryData<string> Networks { get; } = [DeepLabV3PlusConfig.Seedling.Name, FcnConfig.Seedling.Name, EncoderUNetConfig.Seedling.Name];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Takes_the_encoder_over_and_leaves_the_rest(string name)
    {
        var config = SemanticNetworks.Find(name)!;
        using var fresh = SemanticInitialisation.Create(config, seed: 3);
        using var seedling = SeedlingInitialisation.Create(SeedlingConfig.Default, seed: 4);

        using var weights = SeedlingBackboneConfig.TakeOver(fresh, seedling, "backbone.");

        Assert.Equal(fresh.Keys.Order(), weights.Keys.Order());
        Assert.All(weights.Values, tensor => Assert.Equal(
            (tensor.Name.StartsWith("backbone.", StringComparison.Ordinal) ? seedling["encoder." + tensor.Name["backbone.".Length..]] : fresh[tensor.Name]).ToFloat32(), tensor.ToFloat32()));
    }

    [Fact]
    public void Takes_the_encoder_over_into_a_detector()
    {
        using var fresh = MaskRcnnInitialisation.Create(MaskRcnnConfig.Seedling, seed: 3);
        using var seedling = SeedlingInitialisation.Create(SeedlingConfig.Default, seed: 4);

        using var weights = SeedlingBackboneConfig.TakeOver(fresh, seedling, "backbone.body.");

        Assert.Equal(seedling["encoder.stages.3.0.first.conv.weight"].ToFloat32(), weights["backbone.body.stages.3.0.first.conv.weight"].ToFloat32());
        Assert.Equal(fresh["backbone.fpn.inner_blocks.0.0.weight"].ToFloat32(), weights["backbone.fpn.inner_blocks.0.0.weight"].ToFloat32());
    }

    [Fact]
    public void Takes_over_what_another_network_learned_on_the_encoder_and_leaves_what_it_does_not_have()
    {
        using var fresh = MaskRcnnInitialisation.Create(MaskRcnnConfig.Seedling, seed: 3);
        using var labels = SemanticInitialisation.Create(DeepLabV3PlusConfig.Seedling, seed: 4);

        using var weights = SeedlingBackboneConfig.TakeOver(fresh, labels, "backbone.body.");

        Assert.True(SeedlingBackboneConfig.IsIn(labels) && SeedlingBackboneConfig.IsIn(fresh));
        Assert.Equal(labels["backbone.stages.2.0.first.conv.weight"].ToFloat32(), weights["backbone.body.stages.2.0.first.conv.weight"].ToFloat32());
        Assert.Equal(fresh["backbone.body.stages.3.0.first.conv.weight"].ToFloat32(), weights["backbone.body.stages.3.0.first.conv.weight"].ToFloat32());
    }

    [Fact]
    public void Refuses_networks_and_weights_that_do_not_fit()
    {
        using var other = SemanticInitialisation.Create(SemanticNetworks.Find("lraspp-mobilenet-v3")!, seed: 1);
        using var fresh = SemanticInitialisation.Create(FcnConfig.Seedling, seed: 1);
        using var seedling = SeedlingInitialisation.Create(SeedlingConfig.Default, seed: 1);
        using var narrow = SeedlingInitialisation.Create(SeedlingConfig.Default with { StemChannels = 16 }, seed: 1);

        Assert.Throws<ArgumentException>(() => SeedlingBackboneConfig.TakeOver(other, seedling, "backbone."));
        Assert.Contains("stem.0", Assert.Throws<WeightMismatchException>(() => SeedlingBackboneConfig.TakeOver(fresh, narrow, "backbone.")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (FcnConfig.Seedling with { Backbone = new SeedlingBackboneConfig { OutputStride = 8 } }).Build());
    }

    [Fact]
    public void Sides_that_are_no_multiples_of_32_are_taken_too()
    {
        using var weights = SemanticInitialisation.Create(EncoderUNetConfig.Seedling, seed: 3);
        using var segmenter = SemanticSegmenter.Create(EncoderUNetConfig.Seedling with { ClassCount = 21 }, weights, [.. Enumerable.Range(0, 21).Select(k => $"{k}")]);

        Assert.Equal(new ImageSize(75, 41), segmenter.Label(new RgbImage(75, 41, new byte[3 * 75 * 41])).Size);
    }
}
