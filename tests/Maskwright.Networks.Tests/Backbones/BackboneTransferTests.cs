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

namespace Maskwright.Networks.Tests.Backbones;

public class BackboneTransferTests
{
    public static TheoryData<string> Networks { get; } = [DeepLabV3PlusConfig.Seedling.Name, FcnConfig.Seedling.Name, EncoderUNetConfig.Seedling.Name];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Takes_seedling_s_residual_network_over_and_leaves_the_rest(string name)
    {
        var config = SemanticNetworks.Find(name)!;
        using var fresh = SemanticInitialisation.Create(config, seed: 3);
        using var seedling = SeedlingInitialisation.Create(SeedlingConfig.Default, seed: 4);

        using var weights = BackboneTransfer.TakeOver(fresh, seedling, "backbone.");

        Assert.Equal(fresh.Keys.Order(), weights.Keys.Order());
        Assert.All(weights.Values, tensor => Assert.Equal(
            (tensor.Name.StartsWith("backbone.", StringComparison.Ordinal) ? seedling["encoder.body." + tensor.Name["backbone.".Length..]] : fresh[tensor.Name]).ToFloat32(), tensor.ToFloat32()));
    }

    [Fact]
    public void Takes_over_what_another_network_learned_and_leaves_what_it_does_not_have()
    {
        using var fresh = MaskRcnnInitialisation.Create(MaskRcnnConfig.Seedling, seed: 3);
        using var labels = SemanticInitialisation.Create(DeepLabV3PlusConfig.Seedling, seed: 4);

        using var weights = BackboneTransfer.TakeOver(fresh, labels, "backbone.body.");

        Assert.True(BackboneTransfer.IsIn(labels) && BackboneTransfer.IsIn(fresh));
        Assert.Equal(labels["backbone.layer3.0.conv1.weight"].ToFloat32(), weights["backbone.body.layer3.0.conv1.weight"].ToFloat32());
        Assert.Equal(fresh["backbone.body.layer4.0.conv1.weight"].ToFloat32(), weights["backbone.body.layer4.0.conv1.weight"].ToFloat32());
        Assert.Equal(fresh["backbone.fpn.inner_blocks.0.0.weight"].ToFloat32(), weights["backbone.fpn.inner_blocks.0.0.weight"].ToFloat32());
    }

    [Fact]
    public void A_narrower_block_keeps_the_channels_that_count_most()
    {
        const int Kept = 100;
        using var fresh = SeedlingInitialisation.Create(SeedlingConfig.Default, seed: 3);
        using var drawn = SemanticInitialisation.Create(EncoderUNetConfig.ResNet18, seed: 4);
        using var donor = WeightFile.FromArrays(drawn.Values.Where(tensor => tensor.Name.StartsWith("backbone.", StringComparison.Ordinal))
            .Select(tensor => (tensor.Name["backbone.".Length..], tensor.Shape, OfDonor(tensor))));
        static float[] OfDonor(WeightTensor tensor)
        {
            // Of 512 channels, those from 100 to 227 are louder than the rest.
            var values = tensor.ToFloat32();
            return tensor.Name == "backbone.layer4.1.bn1.weight" ? [.. values.Select((value, channel) => channel is >= Kept and < Kept + 128 ? 10 : 0.1f)] : values;
        }

        using var weights = BackboneTransfer.TakeOver(fresh, donor, "encoder.body.");

        var (rows, columns) = (donor["layer4.1.conv1.weight"].ToFloat32(), donor["layer4.1.conv2.weight"].ToFloat32());
        Assert.Equal(rows[(Kept * 512 * 9)..((Kept + 128) * 512 * 9)], weights["encoder.body.layer4.1.conv1.weight"].ToFloat32());
        Assert.Equal(columns[(((5 * 512) + Kept) * 9)..(((5 * 512) + Kept + 128) * 9)], weights["encoder.body.layer4.1.conv2.weight"].ToFloat32()[(5 * 128 * 9)..(6 * 128 * 9)]);
        Assert.Equal(Enumerable.Repeat(10f, 128), weights["encoder.body.layer4.1.bn1.weight"].ToFloat32());
        Assert.Equal(donor["layer4.1.bn2.weight"].ToFloat32(), weights["encoder.body.layer4.1.bn2.weight"].ToFloat32());
        Assert.Equal(donor["conv1.weight"].ToFloat32(), weights["encoder.body.conv1.weight"].ToFloat32());
    }

    [Fact]
    public void Refuses_networks_and_weights_that_do_not_fit()
    {
        using var other = SemanticInitialisation.Create(SemanticNetworks.Find("lraspp-mobilenet-v3")!, seed: 1);
        using var fresh = SemanticInitialisation.Create(FcnConfig.Seedling, seed: 1);
        using var seedling = SeedlingInitialisation.Create(SeedlingConfig.Default, seed: 1);
        using var first = SeedlingInitialisation.Create(SeedlingConfig.First, seed: 1);
        using var narrow = SeedlingInitialisation.Create(SeedlingConfig.Default with { Body = ResNetConfig.Seedling with { Width = 32 } }, seed: 1);

        Assert.Throws<ArgumentException>(() => BackboneTransfer.TakeOver(other, seedling, "backbone."));
        Assert.Throws<ArgumentException>(() => (FcnConfig.Seedling with { Backbone = ResNetConfig.Seedling with { InnerWidths = [64, 128] } }).Build());
        Assert.Throws<ArgumentException>(() => BackboneTransfer.TakeOver(fresh, first, "backbone."));
        Assert.False(BackboneTransfer.IsIn(first) || BackboneTransfer.IsIn(other));
        Assert.Contains("conv1", Assert.Throws<WeightMismatchException>(() => BackboneTransfer.TakeOver(fresh, narrow, "backbone.")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_residual_network_that_weights_hold_is_told_from_their_shapes()
    {
        using var seedling = SeedlingInitialisation.Create(SeedlingConfig.Default, seed: 3);
        using var deep = SemanticInitialisation.Create(DeepLabV3PlusConfig.ResNet50, seed: 4);
        using var other = SemanticInitialisation.Create(SemanticNetworks.Find("lraspp-mobilenet-v3")!, seed: 1);

        var (narrow, wide) = (BackboneTransfer.Describe(seedling), BackboneTransfer.Describe(deep));

        Assert.Equal(Named(seedling, "encoder.body."), narrow.Parameters.ToDictionary(p => p.Name, p => string.Join("x", p.Shape.ToSizes())));
        Assert.Equal(Named(deep, "backbone."), wide.Parameters.ToDictionary(p => p.Name, p => string.Join("x", p.Shape.ToSizes())));
        Assert.Equal((512, 2048), (narrow.Outputs["coarsest"].Shape[1].Size, wide.Outputs["coarsest"].Shape[1].Size));
        Assert.Throws<ArgumentException>(() => BackboneTransfer.Describe(other));

        static Dictionary<string, string> Named(WeightFile weights, string scope) =>
            weights.Values.Where(tensor => tensor.Name.StartsWith(scope, StringComparison.Ordinal)).ToDictionary(tensor => tensor.Name, tensor => string.Join("x", tensor.Shape));
    }

    [Fact]
    public void Sides_that_are_no_multiples_of_32_are_taken_too()
    {
        using var weights = SemanticInitialisation.Create(EncoderUNetConfig.Seedling, seed: 3);
        using var segmenter = SemanticSegmenter.Create(EncoderUNetConfig.Seedling with { ClassCount = 21 }, weights, [.. Enumerable.Range(0, 21).Select(k => $"{k}")]);

        Assert.Equal(new ImageSize(75, 41), segmenter.Label(new RgbImage(75, 41, new byte[3 * 75 * 41])).Size);
    }

    [Fact]
    public void The_first_seedling_s_encoder_still_carries_networks()
    {
        var config = EncoderUNetConfig.Seedling with { Backbone = new FirstSeedlingBackboneConfig { CoarsestBlocks = 1 } };
        using var weights = SemanticInitialisation.Create(config, seed: 3);
        using var segmenter = SemanticSegmenter.Create(config with { ClassCount = 21 }, weights, [.. Enumerable.Range(0, 21).Select(k => $"{k}")]);

        Assert.Equal(new ImageSize(75, 41), segmenter.Label(new RgbImage(75, 41, new byte[3 * 75 * 41])).Size);
        Assert.Throws<ArgumentException>(() => (config with { Backbone = new FirstSeedlingBackboneConfig { OutputStride = 8 } }).Build());
    }
}
