using Maskwright.Networks.Backbones;
using Maskwright.Networks.DeepLab;
using Maskwright.Networks.Fcn;
using Maskwright.Networks.Semantic;
using Maskwright.Networks.SegNet;
using Maskwright.Networks.UNet;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Semantic;
using Maskwright.Training.Tests.Data;
using Told = Maskwright.Training.Tests.Running.Told;
using Xunit;

namespace Maskwright.Training.Tests.Semantic;

[Trait("Kind", "learns")]
public class SemanticOverfittingTests
{
    private const int Side = 64;
    private const int Photos = 4;
    private static readonly string[] s_names = ["background", "disc", "box", "triangle"];
    private static readonly ResNetConfig s_backbone = new() { Blocks = [1, 1, 1, 1], IsBottleneck = false, Width = 12, OutputStride = 8 };

    private static readonly Dictionary<string, SemanticNetworkConfig> s_networks = new()
    {
        ["unet"] = UNetConfig.Padded with { Width = 8, Depth = 2 },
        ["unet-original"] = UNetConfig.Original with { Width = 12, Depth = 2, BottomDropout = 0.1 },
        ["segnet"] = SegNetConfig.Basic with { Levels = [[12], [16], [16]], Kernel = 3 },
        ["fcn"] = FcnConfig.ResNet50 with { Backbone = s_backbone },
        ["deeplabv3"] = DeepLabV3Config.ResNet50 with { Backbone = s_backbone, Rates = [1, 2, 3], Width = 32 },
        ["deeplabv3plus"] = DeepLabV3PlusConfig.ResNet50 with { Backbone = s_backbone, Rates = [1, 2, 3], Width = 32, LowLevelWidth = 16 },
    };

    // Where scores lie on a grid of eight pixels, edges cannot be drawn to a pixel: there shapes are large.
    [Theory]
    [InlineData("unet", 100, 64, false)]
    [InlineData("unet-original", 120, 64, false)]
    [InlineData("segnet", 160, 64, false)]
    [InlineData("deeplabv3plus", 120, 96, true)]
    [InlineData("fcn", 120, 96, true)]
    public void Learns_four_photos_by_heart(string family, int steps, int side, bool isLarge)
    {
        var config = s_networks[family] with { ClassCount = 4 };
        using var start = SemanticInitialisation.Create(config, 1);
        using var network = new TrainableSemantic(config, s_names, start);
        var recipe = Recipe(steps) with { Crops = [new CropStage { Side = side }], Augmentation = AugmentationOptions.None with { NominalSide = side } };
        using (var loop = new TrainingLoop(network, Examples(side, isLarge), null, recipe))
        {
            loop.Run(null, null, TestContext.Current.CancellationToken);
        }

        Assert.InRange(Iou(network, Examples(side, isLarge)), 0.95, 1);
    }

    [Fact]
    public void A_killed_run_resumes_to_the_identical_losses()
    {
        using var folder = new Maskwright.Testing.TemporaryFolder();
        var path = Checkpoint.PathIn(folder.Path);
        var recipe = Recipe(6) with { CheckpointEvery = 3, LogEvery = 1, Workers = 2, Augmentation = new AugmentationOptions { NominalSide = Side, Jpeg = 0 } };

        var whole = Losses(recipe, null, resumes: false);
        var before = Losses(recipe, path, resumes: false, stopAfter: 4);
        var after = Losses(recipe, path, resumes: true);

        Assert.Equal(whole[..4], before);
        Assert.Equal(whole[3..], after);
    }

    [Fact]
    public void Another_number_of_classes_renews_only_the_head()
    {
        var old = s_networks["unet"] with { ClassCount = 4 };
        using var trained = SemanticInitialisation.Create(old, 1);

        var (weights, renewed) = SemanticInitialisation.From(trained, old with { ClassCount = 7 }, 2);

        using (weights)
        {
            Assert.Equal(["outc.conv.bias", "outc.conv.weight"], renewed.Order());
            Assert.Equal(trained["down1.maxpool_conv.1.double_conv.0.weight"].ToFloat32(), weights["down1.maxpool_conv.1.double_conv.0.weight"].ToFloat32());
        }
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused()
    {
        using var other = SemanticInitialisation.Create(s_networks["segnet"], 1);

        var fault = Assert.Throws<Maskwright.Graphs.Weights.InvalidWeightsException>(() => SemanticInitialisation.From(other, s_networks["unet"], 1));

        Assert.Contains("not unet", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_the_same_network_in_another_size_names_what_differs()
    {
        using var other = SemanticInitialisation.Create(s_networks["unet"] with { InputChannels = 1 }, 1);

        var fault = Assert.Throws<Maskwright.Graphs.Weights.WeightMismatchException>(() => SemanticInitialisation.From(other, s_networks["unet"], 1));

        Assert.Single(fault.WrongShapes);
    }

    [Fact]
    public void A_run_of_other_sizes_or_of_another_network_does_not_go_on_and_says_why()
    {
        using var folder = new Maskwright.Testing.TemporaryFolder();
        var path = Checkpoint.PathIn(folder.Path);
        Losses(Recipe(1), path, resumes: false);

        using var start = SemanticInitialisation.Create(s_networks["unet"] with { ClassCount = 4 }, 1);
        using var network = new TrainableSemantic(s_networks["unet"] with { ClassCount = 4 }, s_names, start);
        using var loop = new TrainingLoop(network, Examples(), null, Recipe(1));
        var sizes = Assert.Throws<Maskwright.Graphs.Weights.InvalidWeightsException>(() => loop.Resume(path));
        using var other = new TrainingLoop(network, Examples(), null, Recipe(1) with { Network = "segnet" });
        var named = Assert.Throws<Maskwright.Graphs.Weights.InvalidWeightsException>(() => other.Resume(path));

        Assert.Contains("network \"deeplabv3\" there, \"unet\" here", sizes.Message, StringComparison.Ordinal);
        Assert.Contains("run of the network unet, but the recipe names segnet", named.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_beyond_the_classes_ends_the_run_and_is_named()
    {
        var config = s_networks["unet"] with { ClassCount = 3 };
        using var start = SemanticInitialisation.Create(config, 1);
        using var network = new TrainableSemantic(config, s_names[..3], start);
        using var loop = new TrainingLoop(network, Examples(), null, Recipe(2));

        var fault = Assert.Throws<InvalidAnnotationException>(() => loop.Run(null, null, TestContext.Current.CancellationToken));

        Assert.Matches("^scene [0-3]: holds label 3,", fault.Message);
    }

    [Fact]
    public void Sizes_are_changed_by_name_and_unknown_ones_are_refused()
    {
        var recipe = RecipeFile.Parse("network: unet\nsemantic: { sizes: { width: 12, depth: 3 } }", "test");

        var config = Assert.IsType<UNetConfig>(SemanticSizes.Apply(UNetConfig.Padded, recipe.Semantic.Sizes));

        Assert.Equal((12, 3), (config.Width, config.Depth));
        var again = RecipeFile.Parse(RecipeFile.ToYaml(recipe), "test");
        Assert.Equal(12, Assert.IsType<UNetConfig>(SemanticSizes.Apply(UNetConfig.Padded, again.Semantic.Sizes)).Width);
        var fault = Assert.Throws<ArgumentException>(() => SemanticSizes.Apply(UNetConfig.Padded, new Dictionary<string, object> { ["wideness"] = "3" }));
        Assert.Contains("wideness", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rare_classes_count_more_and_absent_ones_once()
    {
        var weights = ClassFrequencies.MedianWeights(Examples(), 5, hasBackground: true);

        Assert.True(weights[0] < weights[1] && weights[0] < weights[3]);
        Assert.Equal(1, weights[4]);
    }

    private static TrainingRecipe Recipe(int steps) => new()
    {
        Network = "unet",
        Steps = steps,
        BatchSize = Photos,
        LogEvery = 50,
        Crops = [new CropStage { Side = Side }],
        Optimiser = new OptimiserOptions { LearningRate = 0.01, WarmUpSteps = 5, AverageDecay = 0.9 },
        Augmentation = AugmentationOptions.None with { NominalSide = Side },
    };

    private static List<TrainingExample> Examples(int side = Side, bool isLarge = false) =>
        [.. Enumerable.Range(0, Photos).Select(i => new TrainingExample("painted", $"scene {i}", () => PaintedScenes.DrawClasses(side, i, isLarge)))];

    // The mean over the classes, all pixels of the photos together.
    private static double Iou(TrainableSemantic network, List<TrainingExample> examples)
    {
        using var weights = network.Weights.Export();
        using var segmenter = SemanticSegmenter.Create(network.Config, weights, s_names);
        var (both, any) = (new int[4], new int[4]);
        foreach (var photo in examples.Select(example => example.Load()))
        {
            var found = segmenter.Label(photo.Image, TestContext.Current.CancellationToken).Labels.ToArray();
            var layers = photo.Annotations[0];
            for (var i = 0; i < found.Length; i++)
            {
                var id = layers.Layers[0][i];
                var wanted = id == ObjectLayers.Nothing ? 0 : layers.Objects.First(o => o.Id == id).Class;
                both[wanted] += wanted == found[i] ? 1 : 0;
                any[wanted]++;
                any[found[i]] += wanted == found[i] ? 0 : 1;
            }
        }

        return both.Zip(any, (overlap, union) => overlap / (double)union).Average();
    }

    private static List<double> Losses(TrainingRecipe recipe, string? checkpoint, bool resumes, int? stopAfter = null)
    {
        var (config, losses) = (s_networks["deeplabv3"] with { ClassCount = 4 }, new List<double>());
        using var start = SemanticInitialisation.Create(config, 1);
        using var network = new TrainableSemantic(config, s_names, start);
        using var loop = new TrainingLoop(network, Examples(), null, recipe);
        if (resumes)
        {
            loop.Resume(checkpoint!);
        }

        var watch = new Told(progress =>
        {
            losses.Add(progress.Loss);
            if (progress.Step == stopAfter)
            {
                throw new OperationCanceledException();
            }
        });
        try
        {
            loop.Run(checkpoint, watch, TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException) when (stopAfter is not null)
        {
        }

        return losses;
    }
}
