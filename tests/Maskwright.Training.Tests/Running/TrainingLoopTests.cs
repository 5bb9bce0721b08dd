using Maskwright.Testing;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class TrainingLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_killed_run_resumes_to_the_identical_losses(int workers)
    {
        using var folder = new TemporaryFolder();
        var checkpoint = Checkpoint.PathIn(folder.Path);
        var recipe = TinySeedling.Recipe with { Workers = workers, Augmentation = new AugmentationOptions { NominalSide = 64, Jpeg = 0 }, CheckpointEvery = 3 };
        var whole = Losses(recipe, null, resumes: false, stopAfter: null);

        var before = Losses(recipe, checkpoint, resumes: false, stopAfter: 4);
        var after = Losses(recipe, checkpoint, resumes: true, stopAfter: null);

        Assert.Equal(whole.Take(4), before);
        Assert.Equal(whole.Skip(3), after);
        Assert.Equal(6, Checkpoint.StepsOf(checkpoint));
    }

    [Fact]
    public void A_cancelled_run_leaves_a_checkpoint_of_the_last_step()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        using var network = TinySeedling.Create();
        using var loop = new TrainingLoop(network, PaintedScenes.Examples(2, 64), null, TinySeedling.Recipe);
        var watch = new Watch(progress =>
        {
            if (progress.Step == 2)
            {
                stop.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() => loop.Run(Checkpoint.PathIn(folder.Path), watch, stop.Token));

        Assert.Equal(2, Checkpoint.StepsOf(Checkpoint.PathIn(folder.Path)));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Numbers_that_are_none_stop_the_run_and_the_last_checkpoint_stays_good()
    {
        using var folder = new TemporaryFolder();
        var path = Checkpoint.PathIn(folder.Path);
        using var network = TinySeedling.Create();
        using var loop = new TrainingLoop(network, PaintedScenes.Examples(2, 64), null, TinySeedling.Recipe with { CheckpointEvery = 2 });
        var watch = new Watch(progress =>
        {
            if (progress.Step == 3)
            {
                using var still = torch.no_grad();
                network.Weights.Parameters["decoder.4.masks.bias"].fill_(double.NaN);
            }
        });

        var fault = Assert.Throws<TrainingFailedException>(() => loop.Run(path, watch, TestContext.Current.CancellationToken));

        Assert.Equal(3, fault.Step);
        using var weights = Checkpoint.ReadWeights(path, isAveraged: false);
        Assert.Equal(2, Checkpoint.StepsOf(path));
        Assert.All(weights.Values, tensor => Assert.DoesNotContain(float.NaN, tensor.ToFloat32()));
    }

    [Fact]
    public void Frozen_weights_stay_and_others_move()
    {
        using var network = TinySeedling.Create();
        using var before = network.Weights.Export();
        using (var loop = new TrainingLoop(network, PaintedScenes.Examples(2, 64), null, TinySeedling.Recipe with { Steps = 2, Frozen = ["encoder.*"], Workers = 2 }))
        {
            loop.Run(null, null, TestContext.Current.CancellationToken);
        }

        using var after = network.Weights.Export();
        Assert.All(before.Keys.Where(name => name.StartsWith("encoder.", StringComparison.Ordinal)), name => Assert.Equal(before[name].ToFloat32(), after[name].ToFloat32()));
        Assert.Contains(before.Keys, name => !before[name].ToFloat32().SequenceEqual(after[name].ToFloat32()));
    }

    [Fact]
    public void A_photo_that_cannot_be_read_ends_the_run_with_its_own_fault()
    {
        using var network = TinySeedling.Create();
        var broken = new TrainingExample("painted", "broken", () => throw new InvalidImageException("broken.jpg", "is truncated"));
        using var loop = new TrainingLoop(network, [broken], null, TinySeedling.Recipe);

        var fault = Assert.Throws<InvalidImageException>(() => loop.Run(null, null, TestContext.Current.CancellationToken));

        Assert.Contains("broken.jpg", fault.Message, StringComparison.Ordinal);
    }

    private static List<double> Losses(TrainingRecipe recipe, string? checkpoint, bool resumes, int? stopAfter)
    {
        var losses = new List<double>();
        using var network = TinySeedling.Create();
        using var loop = new TrainingLoop(network, PaintedScenes.Examples(3, 64), null, recipe);
        if (resumes)
        {
            loop.Resume(checkpoint!);
        }

        var watch = new Watch(progress =>
        {
            losses.Add(progress.Loss);
            if (progress.Step == stopAfter)
            {
                throw new KilledException();
            }
        });
        try
        {
            loop.Run(checkpoint, watch, TestContext.Current.CancellationToken);
        }
        catch (KilledException)
        {
        }

        return losses;
    }

    private sealed class Watch(Action<TrainingProgress> look) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => look(value);
    }

    private sealed class KilledException : Exception;
}
