using Maskwright.Masks;
using Maskwright.Testing;
using Maskwright.Training.Data;
using Maskwright.Training.Detection;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using TorchSharp;
using Told = Maskwright.Training.Tests.Running.Told;
using Xunit;

namespace Maskwright.Training.Tests.Detection;

public class MaskRcnnLearnerTests
{
    [Fact]
    public void All_five_losses_begin_where_a_network_that_knows_nothing_is()
    {
        using var scope = torch.NewDisposeScope();
        using var network = TinyMaskRcnn.Create();
        var parts = First(network, PaintedScenes.Examples(1, TinyMaskRcnn.Side)).Parts;

        Assert.Equal(["objectness", "proposals", "classes", "boxes", "masks"], parts.Keys);
        Assert.InRange(parts["objectness"], 0.5, 0.9); // ln 2 is 0.693
        Assert.InRange(parts["classes"], 1.2, 1.6); // ln 4 is 1.386
        Assert.InRange(parts["masks"], 0.4, 1.2);
        Assert.True(parts["proposals"] > 0 && parts["boxes"] > 0);
    }

    [Fact]
    public void An_image_without_objects_teaches_background_only()
    {
        using var network = TinyMaskRcnn.Create();
        var empty = new TrainingExample("painted", "empty", () => PaintedScenes.Photo(new byte[TinyMaskRcnn.Side * TinyMaskRcnn.Side], TinyMaskRcnn.Side));

        var parts = First(network, [empty]).Parts;

        Assert.True(parts["objectness"] > 0 && parts["classes"] > 0);
        Assert.Equal((0, 0, 0), (parts["proposals"], parts["boxes"], parts["masks"]));
    }

    [Fact]
    public void Equal_seeds_give_equal_losses_whether_a_run_was_interrupted_or_not()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = Checkpoint.PathIn(folder.Path);
        var recipe = TinyMaskRcnn.Recipe with { CheckpointEvery = 2 };
        var whole = Losses(recipe with { Steps = 4 }, null);

        Losses(recipe with { Steps = 4 }, checkpoint, stopAfter: 2);

        Assert.Equal(whole.Skip(2), Losses(recipe with { Steps = 4 }, checkpoint, resumes: true));
    }

    [Fact]
    public void A_class_that_the_network_does_not_know_is_refused()
    {
        using var network = TinyMaskRcnn.Create();
        using var loop = new TrainingLoop(network, [new TrainingExample("painted", "odd", Odd)], null, TinyMaskRcnn.Recipe);

        var fault = Assert.Throws<InvalidAnnotationException>(() => loop.Run(null, null, TestContext.Current.CancellationToken));

        Assert.Contains("class 9", fault.Message, StringComparison.Ordinal);
    }

    private static LabelledPhoto Odd()
    {
        var photo = PaintedScenes.Draw(TinyMaskRcnn.Side, 1);
        var mask = new BinaryMask(TinyMaskRcnn.Side, TinyMaskRcnn.Side);
        for (var i = 0; i < 400; i++)
        {
            mask[20 + (i % 20), 20 + (i / 20)] = true;
        }

        return photo with { Annotations = [ObjectLayers.FromMasks(photo.Image.Size, [mask], classes: [9])] };
    }

    private static TrainingProgress First(TrainableMaskRcnn network, IReadOnlyList<TrainingExample> examples)
    {
        TrainingProgress? first = null;
        using var loop = new TrainingLoop(network, examples, null, TinyMaskRcnn.Recipe with { Steps = 1 });
        loop.Run(null, new Told(progress => first ??= progress), TestContext.Current.CancellationToken);
        return first!; // a run of one step reports once
    }

    private static List<double> Losses(TrainingRecipe recipe, string? checkpoint, int? stopAfter = null, bool resumes = false)
    {
        var losses = new List<double>();
        using var stop = new CancellationTokenSource();
        using var network = TinyMaskRcnn.Create();
        using var loop = new TrainingLoop(network, PaintedScenes.Examples(3, TinyMaskRcnn.Side), null, recipe);
        if (resumes)
        {
            loop.Resume(checkpoint!); // given by those who resume
        }

        var watch = new Told(progress =>
        {
            losses.Add(progress.Loss);
            if (progress.Step == stopAfter)
            {
                stop.Cancel();
            }
        });
        try
        {
            loop.Run(checkpoint, watch, stop.Token);
        }
        catch (OperationCanceledException) when (stopAfter is not null)
        {
        }

        return losses;
    }
}
