using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class TrainingLoopTests
{
    [Theory]
    [InlineData(1, 1, OptimiserKind.AdamW, RateSchedule.Cosine)]
    [InlineData(2, 1, OptimiserKind.AdamW, RateSchedule.Poly)]
    [InlineData(2, 1, OptimiserKind.Sgd, RateSchedule.Poly)]
    [InlineData(1, 3, OptimiserKind.Sgd, RateSchedule.Cosine)]
    [InlineData(2, 2, OptimiserKind.AdamW, RateSchedule.Cosine)]
    public void A_killed_run_resumes_to_the_identical_losses(int workers, int accumulate, OptimiserKind kind, RateSchedule schedule)
    {
        using var folder = new TemporaryFolder();
        var checkpoint = Checkpoint.PathIn(folder.Path);
        var recipe = TinySeedling.Recipe with
        {
            Workers = workers,
            Accumulate = accumulate,
            Optimiser = TinySeedling.Recipe.Optimiser with { Kind = kind, Schedule = schedule, IsNesterov = kind == OptimiserKind.Sgd },
            Augmentation = new AugmentationOptions { NominalSide = 64, Jpeg = 0 },
            CheckpointEvery = 3,
        };
        var whole = Losses(recipe, null, resumes: false, stopAfter: null);

        var before = Losses(recipe, checkpoint, resumes: false, stopAfter: 4);
        var after = Losses(recipe, checkpoint, resumes: true, stopAfter: null);

        Assert.Equal(whole.Take(4), before);
        Assert.Equal(whole.Skip(3), after);
        Assert.Equal(6, Checkpoint.StepsOf(checkpoint));
    }

    [Fact]
    public void Several_threads_that_draw_batches_change_no_loss()
    {
        var recipe = TinySeedling.Recipe with { CacheMegabytes = 0, Augmentation = new AugmentationOptions { NominalSide = 64, Jpeg = 0 } };

        Assert.Equal(Losses(recipe, null, resumes: false, stopAfter: null), Losses(recipe with { Loaders = 3 }, null, resumes: false, stopAfter: null));
    }

    [Fact]
    public void Batches_that_are_added_up_are_the_parts_of_a_larger_batch()
    {
        var recipe = TinySeedling.Recipe with { Steps = 4, Augmentation = new AugmentationOptions { NominalSide = 64, Jpeg = 0 } };

        var large = Losses(recipe with { BatchSize = 4, Workers = 2 }, null, resumes: false, stopAfter: null);
        var added = Losses(recipe with { BatchSize = 2, Accumulate = 2 }, null, resumes: false, stopAfter: null);

        Assert.Equal(large, added, (a, b) => Math.Abs(a - b) < 1e-4 * a);
        Assert.NotEqual(large, Losses(recipe with { BatchSize = 2 }, null, resumes: false, stopAfter: null));
    }

    [Fact]
    public void A_run_does_not_go_on_with_other_data_unless_that_is_accepted()
    {
        using var folder = new TemporaryFolder();
        var path = Checkpoint.PathIn(folder.Path);
        Losses(TinySeedling.Recipe with { Steps = 1 }, path, resumes: false, stopAfter: null);
        using var network = TinySeedling.Create();
        var changed = PaintedScenes.Examples(3, 64).Select(example => example with { Identity = "relabelled" }).ToList();
        using var loop = new TrainingLoop(network, changed, null, TinySeedling.Recipe);

        var fault = Assert.Throws<OtherDataException>(() => loop.Resume(path));

        Assert.Contains("3 photos, fingerprint", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, loop.StepsDone);
        loop.Resume(path, acceptsOtherData: true);
        Assert.Equal(1, loop.StepsDone);
    }

    [Fact]
    public void A_run_does_not_go_on_with_another_optimiser()
    {
        using var folder = new TemporaryFolder();
        var path = Checkpoint.PathIn(folder.Path);
        Losses(TinySeedling.Recipe with { Steps = 1 }, path, resumes: false, stopAfter: null);

        var fault = Assert.Throws<InvalidWeightsException>(() => Losses(
            TinySeedling.Recipe with { Optimiser = TinySeedling.Recipe.Optimiser with { Kind = OptimiserKind.Sgd } }, path, resumes: true, stopAfter: null));

        Assert.Contains("AdamW, whose memory Sgd cannot use", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_says_by_which_recipe_data_and_code_it_learned()
    {
        using var folder = new TemporaryFolder();
        var path = Checkpoint.PathIn(folder.Path);

        var recipe = TinySeedling.Recipe with { Steps = 1, Optimiser = TinySeedling.Recipe.Optimiser with { Rates = new Dictionary<string, double> { ["encoder.*"] = 0.1 } } };

        Losses(recipe, path, resumes: false, stopAfter: null);

        var written = Checkpoint.DescriptionOf(path);
        var read = RecipeFile.Parse(written["recipe"], "test").Optimiser;
        Assert.Equal(recipe.Optimiser, read with { Rates = recipe.Optimiser.Rates });
        Assert.Equal(recipe.Optimiser.Rates, read.Rates);
        Assert.Equal("seedling", written["network"]);
        Assert.Equal(DataFingerprint.Of(PaintedScenes.Examples(3, 64)), written["data"]);
        Assert.StartsWith("0.1.0", written["code"], StringComparison.Ordinal);
    }

    // What a kill leaves: the beginning of a file under a name of its own.
    [Fact]
    public void A_checkpoint_whose_writing_is_broken_off_leaves_the_one_before()
    {
        using var folder = new TemporaryFolder();
        var path = Checkpoint.PathIn(folder.Path);
        var whole = Losses(TinySeedling.Recipe, path, resumes: false, stopAfter: null);
        Losses(TinySeedling.Recipe with { CheckpointEvery = 3 }, path, resumes: false, stopAfter: 4);
        var bytes = File.ReadAllBytes(path);

        File.WriteAllBytes($"{path}.{Guid.NewGuid():N}.tmp", bytes[..(bytes.Length / 3)]);

        Assert.Equal(whole.Skip(3), Losses(TinySeedling.Recipe, path, resumes: true, stopAfter: null));
        File.WriteAllBytes(path, bytes[..(bytes.Length / 3)]);
        Assert.Throws<InvalidWeightsException>(() => Checkpoint.StepsOf(path));
    }

    [Fact]
    public void A_cancelled_run_leaves_a_checkpoint_of_the_last_step()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        using var network = TinySeedling.Create();
        using var loop = new TrainingLoop(network, PaintedScenes.Examples(2, 64), null, TinySeedling.Recipe);
        var watch = new Told(progress =>
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
        var watch = new Told(progress =>
        {
            if (progress.Step == 3)
            {
                using var still = torch.no_grad();
                network.Weights.Parameters["decoder.4.masks.bias"].fill_(double.NaN);
            }
        });

        var fault = Assert.Throws<TrainingFailedException>(() => loop.Run(path, watch, TestContext.Current.CancellationToken));

        Assert.Equal(3, fault.Step);
        Assert.Subset(new HashSet<string>(["scene 0", "scene 1"]), fault.Photos.ToHashSet());
        Assert.Contains($"Its batch: {fault.Photos[0]}", fault.Message, StringComparison.Ordinal);
        using var weights = Checkpoint.ReadWeights(path, isAveraged: false);
        Assert.Equal(2, Checkpoint.StepsOf(path));
        Assert.All(weights.Values, tensor => Assert.DoesNotContain(float.NaN, tensor.ToFloat32()));
    }

    [Fact]
    public void A_run_that_does_not_fit_into_memory_says_what_to_lower()
    {
        using var network = TinySeedling.Create();
        var vast = new TrainingExample("painted", "vast", () => throw new InsufficientMemoryException());
        using var loop = new TrainingLoop(network, [vast], null, TinySeedling.Recipe with { CacheMegabytes = 77 });

        var fault = Assert.Throws<TrainingMemoryException>(() => loop.Run(null, null, TestContext.Current.CancellationToken));

        Assert.Contains("batchSize (2;", fault.Message, StringComparison.Ordinal);
        Assert.Contains("side of crops (64), workers (1) or cacheMegabytes (77)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_libtorch_says_of_memory_is_understood()
    {
        using var scope = torch.NewDisposeScope();
        var fault = Assert.ThrowsAny<Exception>(() => torch.empty([1L << 50], torch.ScalarType.Float32));

        Assert.True(TrainingMemoryException.IsMeantBy(fault));
        Assert.True(TrainingMemoryException.IsMeantBy(new AggregateException(fault)));
        Assert.False(TrainingMemoryException.IsMeantBy(new IOException("no space left")));
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

        var watch = new Told(progress =>
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

    private sealed class KilledException : Exception;
}
