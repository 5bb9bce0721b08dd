using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Seedling;
using Maskwright.Testing;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class BackboneTeacherTests
{
    private const int Side = 64;

    private static readonly TrainingRecipe s_recipe = TinySeedling.Recipe with { Steps = 40, LogEvery = 10, Workers = 2, Optimiser = new OptimiserOptions { LearningRate = 5e-3, WarmUpSteps = 4 } };

    [Fact]
    public void Who_tells_what_it_sees_has_no_error()
    {
        using var scope = torch.NewDisposeScope();
        using var weights = SeedlingInitialisation.Create(TinySeedling.Config, 1);
        using var teacher = new BackboneTeacher(weights);
        using var identity = IdentityHead(teacher.Channels);
        using var network = Student([.. weights, .. identity], teacher);
        var images = Image();

        var features = network.Encode(images, Training.Torch.TorchMode.Evaluate);

        Assert.Equal(128, teacher.Channels);
        Assert.Equal([1, 128, Side / 32, Side / 32], features["backbone"].shape);
        Assert.Equal(0, teacher.Error(features["backbone"], images).item<float>(), 1e-6);
    }

    [Fact]
    [Trait("Kind", "learns")]
    public void An_encoder_learns_to_follow_another_backbone_the_more_that_counts()
    {
        var (followed, alone) = (Learn(2), Learn(0));

        Assert.True(followed[^1] < 0.9 * followed[0] && followed[^1] < 0.9 * alone[^1], $"{string.Join(", ", followed)}; without weight {string.Join(", ", alone)}");

        // The head stays, so that only the encoder can learn.
        static List<double> Learn(double weight)
        {
            using var weights = SeedlingInitialisation.Create(TinySeedling.Config, 1);
            using var wide = SeedlingInitialisation.Create(TinySeedling.Config with { Body = ResNetConfig.ResNet18 with { Blocks = [1, 1, 1, 1], Width = 16 } }, 7);
            using var teacher = new BackboneTeacher(wide);
            using var identity = IdentityHead(teacher.Channels);
            using var network = Student([.. weights, .. identity], teacher);
            var recipe = s_recipe with { Frozen = ["backbone_head.*"], Distillation = new DistillationOptions { BackboneWeight = weight } };
            var errors = new List<double>();
            using var loop = new TrainingLoop(network, PaintedScenes.Examples(2, Side), null, recipe);
            loop.Run(null, new Told(progress => errors.Add(progress.Parts["backbone_error"])), TestContext.Current.CancellationToken);
            return errors;
        }
    }

    [Fact]
    public void A_head_begins_by_saying_nothing_is_kept_in_checkpoints_and_is_not_exported()
    {
        using var weights = SeedlingInitialisation.Create(TinySeedling.Config, 1);
        using var teacher = new BackboneTeacher(weights);
        using var network = Student([.. weights], teacher);
        using var folder = new TemporaryFolder();
        var (checkpoint, exported) = (folder.File("checkpoint.safetensors"), folder.File("exported.safetensors"));
        Assert.All(Head(network), number => Assert.Equal(0, number));
        using (var loop = new TrainingLoop(network, PaintedScenes.Examples(2, Side), null, s_recipe with { Steps = 2 }))
        {
            loop.Run(checkpoint, null, TestContext.Current.CancellationToken);
        }

        using var other = Student([.. weights], teacher);
        using var later = new TrainingLoop(other, PaintedScenes.Examples(2, Side), null, s_recipe);
        later.Resume(checkpoint);

        Assert.Contains(Head(network), number => number != 0);
        Assert.Equal(Head(network), Head(other));
        using var copy = network.Copy();
        Assert.Equal((teacher, true), (copy.BackboneTeacher, Head(network).SequenceEqual(Head(copy))));
        using var average = Checkpoint.ReadWeights(checkpoint);
        SeedlingWeights.Save(exported, average, TinySeedling.Config);
        using var file = WeightFile.Open(exported);
        Assert.DoesNotContain(file.Keys, name => name.StartsWith(SeedlingGraphs.BackboneHead, StringComparison.Ordinal));

        static float[] Head(PromptNetwork network) => PromptTensors.ToArray(network.Weights["backbone_head.weight"]);
    }

    [Fact]
    public void A_backbone_that_ends_elsewhere_is_refused()
    {
        using var weights = SeedlingInitialisation.Create(TinySeedling.Config, 1);
        using var shallow = WeightFile.FromArrays(weights.Values.Where(tensor => !tensor.Name.Contains("layer4", StringComparison.Ordinal)).Select(tensor => (tensor.Name, tensor.Shape, tensor.ToFloat32())), "shallow.pth");

        Assert.Contains("shallow.pth does not end at stride 32", Assert.Throws<ArgumentException>(() => new BackboneTeacher(shallow)).Message, StringComparison.Ordinal);
    }

    private static PromptNetwork Student(List<KeyValuePair<string, WeightTensor>> weights, BackboneTeacher teacher) => new(
        SeedlingGraphs.EncoderWithBackboneHead(TinySeedling.Config, teacher.Channels), SeedlingGraphs.Decoder(TinySeedling.Config), weights.ToDictionary()) { BackboneTeacher = teacher };

    private static WeightFile IdentityHead(int channels) => WeightFile.FromArrays(
        [("backbone_head.weight", [channels, channels, 1, 1], [.. Enumerable.Range(0, channels * channels).Select(i => i / channels == i % channels ? 1f : 0)]), ("backbone_head.bias", [channels], new float[channels])]);

    private static torch.Tensor Image()
    {
        var random = new SampleRandom(3);
        return PromptTensors.Of([.. Enumerable.Range(0, 3 * Side * Side).Select(_ => (float)random.NextNormal())], 1, 3, Side, Side);
    }
}
