using Maskwright.Networks.Seedling;
using Maskwright.Testing;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Reconstruction;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using TorchSharp;
using Xunit;
using Told = Maskwright.Training.Tests.Running.Told;
using TinySeedling = Maskwright.Training.Tests.Running.TinySeedling;

namespace Maskwright.Training.Tests.Reconstruction;

public class ReconstructionTests
{
    [Theory]
    [InlineData(0.25, 32, 1)]
    [InlineData(0.5, 8, 32)]
    [InlineData(0.01, 32, 1)]
    [InlineData(0.99, 32, 3)]
    public void Hides_as_many_whole_blocks_as_asked_but_neither_none_nor_all(double fraction, int block, int expected)
    {
        var crop = new TrainingCrop(64, new byte[64 * 64 * 3], [new ushort[64 * 64]], IsExhaustive: false);

        var hidden = HiddenCrop.Of(crop, new ReconstructionOptions { HiddenFraction = fraction, BlockPixels = block }, new SampleRandom(4)).Hidden;

        var (cells, across) = (block / 8, 64 / block);
        var blocks = hidden.Index().GroupBy(cell => (cell.Index / 8 / cells * across) + (cell.Index % 8 / cells)).Select(group => group.Select(cell => cell.Item).Distinct().ToArray()).ToList();
        Assert.All(blocks, values => Assert.Single(values));
        Assert.Equal(expected, blocks.Count(values => values[0] == 1));
    }

    [Fact]
    public void Only_hidden_blocks_count_and_their_brightness_and_contrast_do_not()
    {
        using var scope = torch.NewDisposeScope();
        var blocks = PromptTensors.Of([10, 90, 30, 50], 1, 2, 1, 2); // two blocks of two pixels: 10 and 30, 90 and 50
        var told = PromptTensors.Of([-1, 7, 1, 7], 1, 2, 1, 2);

        Assert.Equal(0, ReconstructionLearner.Error(told, blocks, PromptTensors.Of([1, 0], 1, 1, 1, 2)).item<float>(), 1e-3);
        Assert.Equal(50, ReconstructionLearner.Error(told, blocks, PromptTensors.Of([0, 1], 1, 1, 1, 2)).item<float>(), 0.1); // (36 + 64) / 2
    }

    [Fact]
    [Trait("Kind", "learns")]
    public void The_hidden_parts_are_guessed_better_and_better_and_what_comes_out_is_a_whole_seedling()
    {
        using var folder = new TemporaryFolder();
        using var weights = SeedlingInitialisation.Create(TinySeedling.Config, 1);
        using var network = new TrainableReconstruction(TinySeedling.Config, weights);
        var recipe = TinySeedling.Recipe with { Steps = 60, LogEvery = 10, Workers = 2, Optimiser = new OptimiserOptions { LearningRate = 5e-3, WarmUpSteps = 4 } };
        var errors = new List<double>();
        using (var loop = new TrainingLoop(network, PaintedScenes.Examples(2, 64), null, recipe))
        {
            loop.Run(Checkpoint.PathIn(folder.Path), new Told(progress => errors.Add(progress.Parts["hidden_error"])), TestContext.Current.CancellationToken);
        }

        using var learned = Checkpoint.ReadWeights(Checkpoint.PathIn(folder.Path));
        Assert.True(errors[^1] < 0.8 * errors[0], string.Join(", ", errors));
        Assert.All(SeedlingGraphs.Parameters(TinySeedling.Config), parameter => Assert.True(learned.ContainsKey(parameter.Name)));
        Assert.All(weights["decoder.16.prior.weight"].ToFloat32().Zip(learned["decoder.16.prior.weight"].ToFloat32()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.NotEqual(weights["encoder.body.conv1.weight"].ToFloat32(), learned["encoder.body.conv1.weight"].ToFloat32());
    }
}
