using Maskwright.Geometry;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Safetensors;
using Maskwright.Images;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.SegNet;
using Maskwright.Networks.Semantic;
using Maskwright.Networks.UNet;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Semantic;

public class SemanticSegmenterTests
{
    private static readonly string[] Names = ["ground", "thing", "other"];

    private static readonly UNetConfig Valid = UNetConfig.Original with { Width = 4, Depth = 2, ClassCount = 3, BottomDropout = 0 };

    private static readonly UNetConfig Padded = UNetConfig.Padded with { Width = 4, Depth = 2, ClassCount = 3 };

    [Fact]
    public void Parts_of_a_network_without_borders_join_without_a_seam()
    {
        var image = Noise(120, 88);
        using var weights = Synthetic(Valid);
        using var whole = SemanticSegmenter.Create(Valid, weights, Names);
        using var inParts = SemanticSegmenter.Create(Valid, weights, Names, new ViewOptions { TileSide = 64, TileOverlap = 0.25 });

        var labels = whole.Label(image);

        Assert.Equal(labels.Labels.ToArray(), inParts.Label(image).Labels.ToArray());
        Assert.True(labels.Labels.ToArray().Distinct().Count() > 1);
    }

    [Fact]
    public void With_flips_a_mirrored_image_gets_mirrored_labels()
    {
        var image = Noise(64, 48);
        using var weights = Synthetic(Padded);
        using var segmenter = SemanticSegmenter.Create(Padded, weights, Names, new ViewOptions { Flips = true, Scales = [1, 0.5] });

        var (labels, mirrored) = (segmenter.Label(image), segmenter.Label(Mirrored(image)));

        // Sums are made in another order, so a tie may fall to the other side.
        var odd = Enumerable.Range(0, image.Height).Sum(y => labels.Row(y).ToArray().Reverse().Zip(mirrored.Row(y).ToArray()).Count(pair => pair.First != pair.Second));
        Assert.InRange(odd, 0, image.Width * image.Height / 200);
    }

    [Theory]
    [InlineData(1024, null)]
    [InlineData(64, null)]
    [InlineData(1024, 48)]
    public void Probabilities_have_the_sum_one_and_the_greatest_is_the_label(int tileSide, int? workingSide)
    {
        var image = Noise(120, 88);
        using var weights = Synthetic(Padded);
        using var segmenter = SemanticSegmenter.Create(Padded, weights, Names, new ViewOptions { TileSide = tileSide, WorkingSide = workingSide, Flips = true });

        var probabilities = segmenter.Probabilities(image);

        var sums = Enumerable.Range(0, 120 * 88).Select(i => Enumerable.Range(0, 3).Sum(k => probabilities.Plane(k)[i])).ToList();
        Assert.Equal((image.Size, Names), (probabilities.Size, probabilities.ClassNames));
        Assert.All(sums, sum => Assert.Equal(1, sum, 5));
        Assert.Equal(segmenter.Label(image).Labels.ToArray(), probabilities.Labels().Labels.ToArray());
        Assert.True(probabilities.Labels().Labels.ToArray().Distinct().Count() > 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 7)]
    [InlineData(33, 2)]
    public void Very_small_images_get_labels_too(int width, int height)
    {
        foreach (var config in new[] { Valid, Padded, (SemanticNetworkConfig)(SegNetConfig.Basic with { ClassCount = 3, Levels = [[2], [2], [2], [2]] }) })
        {
            using var weights = Synthetic(config);
            using var segmenter = SemanticSegmenter.Create(config, weights, Names, new ViewOptions { Scales = [0.5, 1], Flips = true });

            Assert.Equal(new ImageSize(width, height), segmenter.Label(Noise(width, height)).Size);
        }
    }

    [Fact]
    public void An_image_is_brought_to_the_side_that_the_network_says_and_its_labels_back()
    {
        var image = Noise(96, 64);
        var config = Padded with { WorkingSide = 48 };
        using var weights = Synthetic(config);
        using var segmenter = SemanticSegmenter.Create(config, weights, Names);
        using var small = SemanticSegmenter.Create(Padded, weights, Names);
        using var own = SemanticSegmenter.Create(config, weights, Names, new ViewOptions { WorkingSide = 0 });

        var labels = segmenter.Label(image);

        // Twice the size: the four pixels around a cell's corner lie between four cells; far from borders all have the cell's label.
        var cells = small.Label(PillowResize.Resize(image, new ImageSize(48, 32)));
        Assert.Equal(image.Size, labels.Size);
        Assert.True(Enumerable.Range(0, 64).Sum(y => Enumerable.Range(0, 96).Count(x => labels.Row(y)[x] == cells.Row(y / 2)[x / 2])) > 0.7 * 96 * 64);
        Assert.Equal(small.Label(image).Labels.ToArray(), own.Label(image).Labels.ToArray());
        Assert.NotEqual(own.Label(image).Labels.ToArray(), labels.Labels.ToArray());
    }

    [Fact]
    public void A_checkpoint_that_carries_its_sizes_and_class_names_needs_nothing_else()
    {
        using var folder = new TemporaryFolder();
        using (var weights = Synthetic(Padded))
        {
            SafetensorsWriter.Write(folder.File("own.safetensors"), weights.Values, NetworkMetadata.Of(Padded, Names));
        }

        using var segmenter = SemanticSegmenter.Load(folder.File("own.safetensors"));

        Assert.Equal(Names, segmenter.ClassNames);
        Assert.Equal(new ImageSize(40, 30), segmenter.Label(Noise(40, 30)).Size);
    }

    [Fact]
    public void Names_that_are_not_one_a_class_are_refused()
    {
        using var weights = Synthetic(Padded);

        Assert.Throws<ArgumentException>(() => SemanticSegmenter.Create(Padded, weights, ["one", "two"]));
        Assert.Throws<ArgumentException>(() => SemanticSegmenter.Create(Padded, weights, Names, new ViewOptions { TileSide = 3, Scales = [] }));
    }

    [Fact]
    public void A_file_of_another_network_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        using (var weights = WeightFile.FromArrays([("a.weight", [1, 2], [1f, 2f])]))
        {
            SafetensorsWriter.Write(folder.File("other.safetensors"), weights.Values);
        }

        Assert.Contains("other.safetensors", Assert.Throws<InvalidWeightsException>(() => SemanticSegmenter.Load(folder.File("other.safetensors"))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidWeightsException>(() => MaskRcnnSegmenter.Load(folder.File("other.safetensors")));
    }

    [Theory]
    [InlineData("torchvision_seg", "fcn_resnet50_200x300", "fcn-resnet50", 21)]
    [InlineData("torchvision_seg", "lraspp_mobilenet_v3_large_200x300", "lraspp-mobilenet-v3", 21)]
    [InlineData("unet", "milesial_unet_bilinear_101x131_photo", "unet-bilinear", 2)]
    [InlineData("segnet", "say4n_segnet_96x128_photo", "segnet-transposed", 5)]
    [InlineData("deeplab_vainf", "deeplabv3plus_mobilenet_os16_129x161_photo", "deeplabv3plus-mobilenet-v2", 21)]
    public void Public_checkpoints_are_told_from_their_tensors(string group, string name, string network, int classes)
    {
        using var checkpoint = SyntheticWeights.Checkpoint(GoldenCase.Open(group, name));

        var config = NetworkRecognition.Semantic(checkpoint)!;

        Assert.Equal((network, classes), (config.Name, config.ClassCount));
        Assert.False(config.HasAuxiliary);
        Assert.NotEmpty(SyntheticWeights.Resolve(config.Build(), config.Layouts, checkpoint));
    }

    [Theory]
    [InlineData("maskrcnn_v1_frozenbn_eps0_200x300", "mask-rcnn-resnet50-fpn", 0)]
    [InlineData("maskrcnn_v1_batchnorm_260x346", "mask-rcnn-resnet50-fpn", 1e-5)]
    [InlineData("maskrcnn_v2_260x346", "mask-rcnn-resnet50-fpn-v2", 1e-5)]
    public void Detectors_are_told_from_their_tensors(string name, string network, double epsilon)
    {
        using var checkpoint = SyntheticWeights.Checkpoint(GoldenCase.Open("torchvision_maskrcnn", name));

        var config = NetworkRecognition.Instances(checkpoint)!;

        Assert.Equal((network, 91, epsilon), (config.Name, config.ClassCount, config.Backbone.BatchNormEpsilon));
        Assert.Null(NetworkRecognition.Semantic(checkpoint));
    }

    [Fact]
    public void A_small_detector_finds_objects_on_images_of_any_size()
    {
        var config = MaskRcnnConfig.ResNet18Small with { ClassCount = 3, ShorterSide = 64, LongerSide = 128, ScoreThreshold = 0, DetectionsPerImage = 3 };
        using var weights = WeightFile.FromArrays(MaskRcnnGraphs.Parameters(config).Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));
        using var segmenter = MaskRcnnSegmenter.Create(config, weights, ["background", "cat", "dog"]);

        foreach (var (width, height) in new[] { (80, 60), (33, 120), (1, 1) })
        {
            var found = segmenter.Find(Noise(width, height));

            Assert.All(found, proposal => Assert.Equal(new ImageSize(width, height), proposal.Mask.Size));
            Assert.All(found, proposal => Assert.Contains(proposal.Label, (string?[])["cat", "dog"]));
            Assert.Equal(found.OrderByDescending(proposal => proposal.PredictedIou), found);
        }
    }

    // Scores of three times the spread around none, so that no class wins everywhere.
    private static WeightFile Synthetic(SemanticNetworkConfig config) => WeightFile.FromArrays(config.Build().Parameters.Select(p =>
        (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes(), "b", p.Name == "outc.conv.bias" ? 0 : 3))));

    private static RgbImage Noise(int width, int height) =>
        new(width, height, [.. SyntheticTensor.Input($"input:{width}x{height}", 3 * width * height).Select(v => (byte)(127.5f * (v + 1)))]);

    private static RgbImage Mirrored(RgbImage image)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            var from = (i / image.Width * image.Width) + image.Width - 1 - (i % image.Width);
            image.Pixels.Slice(3 * from, 3).CopyTo(pixels.AsSpan(3 * i));
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }
}
