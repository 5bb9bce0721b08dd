using Maskwright.Networks.Semantic;
using Maskwright.Networks.UNet;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Semantic;
using Maskwright.Training.Tests.Data;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class AccumulationTests
{
    private const int Side = 64;

    private static readonly TrainingRecipe s_recipe = new()
    {
        Network = "unet",
        Steps = 4,
        LogEvery = 1,
        Crops = [new CropStage { Side = Side }],
        Frozen = ["*running_*"],
        Optimiser = new OptimiserOptions { Kind = OptimiserKind.Sgd, LearningRate = 0.05, WarmUpSteps = 0 },
        Augmentation = AugmentationOptions.None with { NominalSide = Side },
    };

    [Fact]
    public void Without_statistics_of_the_batch_several_batches_are_one_larger_batch()
    {
        var large = Learn(s_recipe with { BatchSize = 6 });
        var added = Learn(s_recipe with { BatchSize = 2, Accumulate = 3 });
        var small = Learn(s_recipe with { BatchSize = 2 });

        Assert.Equal(large.Losses, added.Losses, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.All(large.Weights.Zip(added.Weights), pair => Assert.Equal(pair.First, pair.Second, 4));
        Assert.NotEqual(large.Losses[^1], small.Losses[^1], 4);
    }

    private static (List<double> Losses, float[] Weights) Learn(TrainingRecipe recipe)
    {
        var losses = new List<double>();
        var config = UNetConfig.Padded with { Width = 4, Depth = 2, ClassCount = 4 };
        using var start = SemanticInitialisation.Create(config, 1);
        using var network = new TrainableSemantic(config, ["background", "disc", "box", "triangle"], start);
        var examples = Enumerable.Range(0, 6).Select(i => new TrainingExample("painted", $"scene {i}", () => PaintedScenes.DrawClasses(Side, i))).ToList();
        using var loop = new TrainingLoop(network, examples, null, recipe);
        loop.Run(null, new Watch(losses), TestContext.Current.CancellationToken);
        using var learned = network.Weights.Export();
        return (losses, learned["outc.conv.weight"].ToFloat32());
    }

    private sealed class Watch(List<double> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => losses.Add(value.Loss);
    }
}
