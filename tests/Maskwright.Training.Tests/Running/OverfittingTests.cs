using Maskwright.Training.Augmentation;
using Maskwright.Training.Interaction;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using Xunit;

namespace Maskwright.Training.Tests.Running;

[Trait("Kind", "learns")]
public class OverfittingTests
{
    [Fact]
    public void Learns_four_photos_by_heart()
    {
        var recipe = TinySeedling.Recipe with
        {
            Steps = 300,
            BatchSize = 4,
            LogEvery = 20,
            Optimiser = new OptimiserOptions { LearningRate = 4e-3, WarmUpSteps = 10 },
            Interaction = new InteractionOptions { PromptsPerImage = 4, MaxRounds = 1, MinVisiblePixels = 24 },
            Augmentation = AugmentationOptions.None with { NominalSide = 64, Flip = 0.5 },
        };
        using var network = TinySeedling.Create();
        using var loop = new TrainingLoop(network, PaintedScenes.Examples(4, 64), null, recipe);
        var last = new Last();

        loop.Run(null, last, TestContext.Current.CancellationToken);

        Assert.InRange(last.Progress!.ClickIou, 0.95, 1);
        Assert.InRange(last.Progress.BoxIou, 0.95, 1);
    }

    private sealed class Last : IProgress<TrainingProgress>
    {
        public TrainingProgress? Progress { get; private set; }

        public void Report(TrainingProgress value) => Progress = value;
    }
}
