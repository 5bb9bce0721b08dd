using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Seedling;
using Maskwright.Testing;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class BackboneTeacherTests
{
    private const int Side = 64;

    [Fact]
    public void Who_tells_what_it_sees_has_no_error()
    {
        using var scope = torch.NewDisposeScope();
        using var weights = SeedlingInitialisation.Create(TinySeedling.Config, 1);
        using var teacher = new BackboneTeacher(weights);
        using var identity = IdentityHead(teacher.Channels);
        using var network = Student(weights, identity, teacher);
        var images = Image();

        var features = network.Encode(images, Training.Torch.TorchMode.Evaluate);

        Assert.Equal(128, teacher.Channels);
        Assert.Equal([1, 128, Side / 32, Side / 32], features["backbone"].shape);
        Assert.Equal(0, teacher.Error(features["backbone"], images).item<float>(), 1e-6);
    }

    [Fact]
    [Trait("Kind", "learns")]
    public void An_encoder_learns_to_follow_a_wider_backbone_in_parts_side_by_side_and_goes_on_from_a_checkpoint()
    {
        using var weights = SeedlingInitialisation.Create(TinySeedling.Config, 1);
        using var wide = SeedlingInitialisation.Create(TinySeedling.Config with { Body = ResNetConfig.ResNet18 with { Blocks = [1, 1, 1, 1], Width = 16 } }, 7);
        using var teacher = new BackboneTeacher(wide);
        using var silent = WeightFile.FromArrays([("backbone_head.weight", [128, 128, 1, 1], new float[128 * 128]), ("backbone_head.bias", [128], new float[128])]);
        using var network = Student(weights, silent, teacher);
        var recipe = TinySeedling.Recipe with
        {
            Steps = 40,
            LogEvery = 10,
            Workers = 2,
            Optimiser = new OptimiserOptions { LearningRate = 5e-3, WarmUpSteps = 4 },
            Distillation = new DistillationOptions { BackboneWeight = 1 },
        };
        var errors = new List<double>();
        var scenes = PaintedScenes.Examples(2, Side);
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("checkpoint.safetensors");
        using var loop = new TrainingLoop(network, scenes, null, recipe);

        loop.Run(checkpoint, new Told(progress => errors.Add(progress.Parts["backbone_error"])), TestContext.Current.CancellationToken);

        Assert.True(errors[^1] < 0.7 * errors[0], string.Join(", ", errors));
        using var other = Student(weights, silent, teacher);
        using var later = new TrainingLoop(other, scenes, null, recipe);
        later.Resume(checkpoint);
        Assert.Equal(40, later.StepsDone);
        Assert.Equal(PromptTensors.ToArray(network.Weights["backbone_head.weight"]), PromptTensors.ToArray(other.Weights["backbone_head.weight"]));
        using var average = Checkpoint.ReadWeights(checkpoint);
        SeedlingWeights.Save(folder.File("exported.safetensors"), average, TinySeedling.Config);
        using var exported = WeightFile.Open(folder.File("exported.safetensors"));
        Assert.DoesNotContain(exported.Keys, name => name.StartsWith(SeedlingGraphs.BackboneHead, StringComparison.Ordinal));
    }

    [Fact]
    public void A_backbone_that_ends_elsewhere_is_refused()
    {
        using var weights = SeedlingInitialisation.Create(TinySeedling.Config, 1);
        using var shallow = WeightFile.FromArrays(weights.Values.Where(tensor => !tensor.Name.Contains("layer4", StringComparison.Ordinal)).Select(tensor => (tensor.Name, tensor.Shape, tensor.ToFloat32())), "shallow.pth");

        Assert.Contains("shallow.pth does not end at stride 32", Assert.Throws<ArgumentException>(() => new BackboneTeacher(shallow)).Message, StringComparison.Ordinal);
    }

    private static PromptNetwork Student(WeightFile weights, WeightFile head, BackboneTeacher teacher) => new(
        SeedlingGraphs.EncoderWithBackboneHead(TinySeedling.Config, teacher.Channels), SeedlingGraphs.Decoder(TinySeedling.Config), weights.Concat(head).ToDictionary()) { BackboneTeacher = teacher };

    private static WeightFile IdentityHead(int channels) => WeightFile.FromArrays(
        [("backbone_head.weight", [channels, channels, 1, 1], [.. Enumerable.Range(0, channels * channels).Select(i => i / channels == i % channels ? 1f : 0)]), ("backbone_head.bias", [channels], new float[channels])]);

    private static torch.Tensor Image()
    {
        var random = new SampleRandom(3);
        return PromptTensors.Of([.. Enumerable.Range(0, 3 * Side * Side).Select(_ => (float)random.NextNormal())], 1, 3, Side, Side);
    }

    private sealed class Told(Action<TrainingProgress> look) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => look(value);
    }
}
