using Maskwright.Geometry;
using Maskwright.Networks.Classic;
using Maskwright.Networks.Seedling;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class DistillationTests
{
    private const int Side = 64;

    [Fact]
    public void What_a_teacher_finds_is_asked_for_where_nothing_is_labelled()
    {
        using var classic = new ClassicSegmenter();
        var teacher = new PromptTeacher(classic, new DistillationOptions { LeastQuality = 0.3 });
        var crop = new CropSource([Unlabelled(0)], _ => 1, AugmentationOptions.None with { NominalSide = Side }, null, 1, 1 << 24).Draw(0, 0, Side);

        var alone = PromptedCrop.Prepare(crop with { Layers = [.. crop.Layers] }, TinySeedling.Recipe.Interaction, new SampleRandom(3));
        var taught = PromptedCrop.Prepare(crop, TinySeedling.Recipe.Interaction, new SampleRandom(3), teacher);
        using var seen = taught.Taught;

        Assert.Empty(alone.Users);
        Assert.Null(alone.Taught);
        Assert.NotEmpty(taught.Users);
        Assert.NotNull(seen);
    }

    [Fact]
    [Trait("Kind", "learns")]
    public void A_network_comes_nearer_to_its_teacher_on_photos_without_masks()
    {
        using var classic = new ClassicSegmenter();
        using var weights = SeedlingInitialisation.Create(TinySeedling.Config, 1);
        using var network = new PromptNetwork(SeedlingGraphs.Encoder(TinySeedling.Config), SeedlingGraphs.Decoder(TinySeedling.Config), weights) { Teacher = classic };
        var recipe = TinySeedling.Recipe with
        {
            Steps = 40,
            LogEvery = 10,
            Workers = 2,
            Optimiser = new OptimiserOptions { LearningRate = 5e-3, WarmUpSteps = 4 },
            Interaction = TinySeedling.Recipe.Interaction with { MaxRounds = 1 },
            Distillation = new DistillationOptions { Weight = 2, LeastQuality = 0.3 },
        };
        var distances = new List<double>();
        using var loop = new TrainingLoop(network, [Unlabelled(0), Unlabelled(1)], null, recipe);

        loop.Run(null, new Told(progress => distances.Add(progress.Parts["distillation"])), TestContext.Current.CancellationToken);

        Assert.True(distances[^1] < 0.8 * distances[0], string.Join(", ", distances));
    }

    private static TrainingExample Unlabelled(int scene) => new("painted", $"scene {scene}", () =>
    {
        var photo = PaintedScenes.Draw(Side, scene).Image;
        return new LabelledPhoto(photo, [ObjectLayers.FromMasks(new ImageSize(Side, Side), [])]);
    });
}
