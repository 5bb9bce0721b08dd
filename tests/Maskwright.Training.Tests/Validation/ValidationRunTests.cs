using Maskwright.Networks.Semantic;
using Maskwright.Networks.UNet;
using Maskwright.Testing;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Semantic;
using Maskwright.Training.Tests.Data;
using Maskwright.Training.Validation;
using Xunit;

namespace Maskwright.Training.Tests.Validation;

public class ValidationRunTests
{
    private const int Side = 64;
    private static readonly string[] s_names = ["background", "disc", "box", "triangle"];

    private static readonly TrainingRecipe s_recipe = new()
    {
        Network = "unet",
        Steps = 8,
        BatchSize = 2,
        Workers = 2,
        LogEvery = 1,
        CheckpointEvery = 2,
        Crops = [new CropStage { Side = Side }],
        Optimiser = new OptimiserOptions { LearningRate = 0.01, WarmUpSteps = 2, AverageDecay = 0.5 },
        Augmentation = new AugmentationOptions { NominalSide = Side, Jpeg = 0 },
        Validation = new ValidationOptions { Data = "elsewhere", Every = 3 },
    };

    [Fact]
    public void Judging_changes_no_loss()
    {
        using var folder = new TemporaryFolder();

        var judged = Run(s_recipe, folder.File("checkpoint.safetensors"));
        var unjudged = Run(s_recipe with { Validation = new ValidationOptions() }, null);

        Assert.Equal(unjudged.Losses, judged.Losses);
        Assert.Equal([3, 6, 8], judged.Reports.Select(report => report.Step));
        Assert.Empty(unjudged.Reports);
    }

    [Fact]
    public void A_resumed_run_judges_and_learns_as_the_uninterrupted_one()
    {
        using var folder = new TemporaryFolder();
        var whole = Run(s_recipe, folder.File("whole", "checkpoint.safetensors"));
        var path = folder.File("part", "checkpoint.safetensors");

        Run(s_recipe, path, killedAfter: 5);
        var resumed = Run(s_recipe, path, resumes: true);

        Assert.Equal(whole.Losses.Skip(4), resumed.Losses);
        Assert.Equal(whole.Reports.Skip(1).Select(Told), resumed.Reports.Select(Told));
    }

    [Fact]
    public void A_judgement_that_was_broken_off_is_made_by_the_run_that_goes_on()
    {
        using var folder = new TemporaryFolder();
        var whole = Run(s_recipe, folder.File("whole", "checkpoint.safetensors"));
        var path = folder.File("part", "checkpoint.safetensors");

        Run(s_recipe, path, cancelledAfter: 3);
        Assert.Equal(3, Checkpoint.StepsOf(path));
        var resumed = Run(s_recipe, path, resumes: true);

        Assert.Equal(whole.Losses.Skip(3), resumed.Losses);
        Assert.Equal(whole.Reports.Select(Told), resumed.Reports.Select(Told));
    }

    [Fact]
    public void The_best_checkpoint_stays_beside_the_last()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("checkpoint.safetensors");

        var run = Run(s_recipe with { Steps = 12 }, path);

        var best = run.Reports.MaxBy(report => report.Measures["mean_iou"])!;
        Assert.True(best.IsBest);
        Assert.Equal(best.Step, run.Reports[^1].BestStep);
        Assert.Equal(best.Step, Checkpoint.StepsOf(Checkpoint.BestIn(folder.Path)));
        Assert.Equal(12, Checkpoint.StepsOf(path));
        Assert.Equal(best.Measures["mean_iou"], MeanIouOf(Checkpoint.BestIn(folder.Path)), 9);
    }

    [Fact]
    public void Patience_ends_a_run_that_becomes_no_better_and_resuming_it_learns_nothing_more()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("checkpoint.safetensors");
        var still = s_recipe with
        {
            Steps = 40,
            CheckpointEvery = 100,
            Optimiser = s_recipe.Optimiser with { LearningRate = 1e-12, WeightDecay = 0 },
            Frozen = ["*running_*"],
            Validation = s_recipe.Validation with { Every = 2, Patience = 2, Measure = "mean_iou" },
        };

        var run = Run(still, path);
        var again = Run(still, path, resumes: true);

        Assert.Equal([true, false, false], run.Reports.Select(report => report.IsBest));
        Assert.True(run.Reports[^1].Stops);
        Assert.Equal(6, Checkpoint.StepsOf(path));
        Assert.Empty(again.Losses);
    }

    [Fact]
    public void The_lowest_loss_is_the_best_where_the_loss_decides()
    {
        using var folder = new TemporaryFolder();

        var run = Run(s_recipe with { Steps = 12, Validation = s_recipe.Validation with { Measure = "loss" } }, folder.File("checkpoint.safetensors"));

        Assert.Equal(run.Reports.Min(report => report.Measures["loss"]), run.Reports[^1].BestValue);
    }

    [Fact]
    public void An_unknown_measure_is_refused_with_those_that_there_are()
    {
        var fault = Assert.Throws<ArgumentException>(() => Run(s_recipe with { Validation = s_recipe.Validation with { Measure = "beauty" } }, null));

        Assert.Contains("mean_iou, pixel_accuracy, loss", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_name_all_their_faults()
    {
        var fault = Assert.Throws<ArgumentException>(() => new ValidationOptions { Fraction = 0.95, Every = 0, Patience = 0 }.Validate());

        Assert.Contains("fraction 0.95", fault.Message, StringComparison.Ordinal);
        Assert.Contains("every 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("patience 0", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ValidationOptions { Patience = 3 }.Validate());
    }

    private static (long, double, double, bool, long) Told(ValidationReport report) => (report.Step, report.Measures["mean_iou"], report.Measures["loss"], report.IsBest, report.BestStep);

    private static List<TrainingExample> Examples(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new TrainingExample("painted", $"scene {i}", () => PaintedScenes.DrawClasses(Side, i)))];

    private static SemanticNetworkConfig Config => UNetConfig.Padded with { Width = 4, Depth = 2, ClassCount = 4 };

    private static double MeanIouOf(string checkpoint)
    {
        using var weights = Checkpoint.ReadWeights(checkpoint);
        using var network = new TrainableSemantic(Config, s_names, weights);
        return new SemanticLearner(network, s_recipe, null).Validator.Judge(weights, Examples(10, 3), CancellationToken.None).Measures["mean_iou"];
    }

    private static (List<double> Losses, List<ValidationReport> Reports) Run(TrainingRecipe recipe, string? checkpoint, bool resumes = false, int? killedAfter = null, int? cancelledAfter = null)
    {
        var (losses, reports) = (new List<double>(), new List<ValidationReport>());
        using var stop = new CancellationTokenSource();
        using var start = SemanticInitialisation.Create(Config, 1);
        using var network = new TrainableSemantic(Config, s_names, start);
        using var loop = new TrainingLoop(network, Examples(0, 3), null, recipe, recipe.Validation.IsWanted ? Examples(10, 3) : null);
        Directory.CreateDirectory(Path.GetDirectoryName(checkpoint) ?? ".");
        if (resumes)
        {
            loop.Resume(checkpoint!); // who resumes names it
        }

        var watch = new Watch<TrainingProgress>(progress =>
        {
            losses.Add(progress.Loss);
            if (progress.Step == cancelledAfter)
            {
                stop.Cancel();
            }

            if (progress.Step == killedAfter)
            {
                throw new OperationCanceledException();
            }
        });
        try
        {
            loop.Run(checkpoint, watch, new Watch<ValidationReport>(reports.Add), stop.Token);
        }
        catch (OperationCanceledException) when (killedAfter is not null || cancelledAfter is not null)
        {
        }

        return (losses, reports);
    }

    private sealed class Watch<T>(Action<T> look) : IProgress<T>
    {
        public void Report(T value) => look(value);
    }
}
