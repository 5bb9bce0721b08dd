using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using Maskwright.Training.Running;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Losses;

public class AffinityLossTests
{
    private const int Side = 32;
    private static readonly KeyLayout s_layout = new("f8", 8, FirstChannel: 1, Heads: 1, HeadWidth: 2);

    [Fact]
    public void Vectors_that_tell_objects_apart_cost_less_than_equal_ones_and_those_less_than_swapped_ones()
    {
        var crop = Halves(1, 2, isExhaustive: true);

        var (apart, equal) = (Loss(crop, left: (1, 0), right: (-1, 0)), Loss(crop, (1, 0), (1, 0)));

        Assert.InRange(apart, 0, 0.05);
        Assert.InRange(equal, 1, 3);
    }

    [Fact]
    public void Objects_before_a_common_ground_need_not_differ_from_one_another()
    {
        var crop = Halves(1, 2, isExhaustive: true);
        crop.Layers[0].AsSpan(0, Side * 8).Clear(); // nothing

        var pairs = CellPairs.Draw(crop, 8, 60, new SampleRandom(1));

        foreach (var (a, b) in Enumerable.Range(0, 60).SelectMany(a => Enumerable.Range(0, 60).Select(b => (a, b))))
        {
            var (first, second) = (IdAt(crop, pairs.Cells[a]), IdAt(crop, pairs.Cells[b]));
            var isKnown = a != b && (first == second || first == ObjectLayers.Nothing || second == ObjectLayers.Nothing);
            Assert.Equal(isKnown ? 1 : 0, pairs.Known[(a * 60) + b]);
            Assert.Equal(first == second ? 1 : 0, pairs.Same[(a * 60) + b]);
        }
    }

    [Fact]
    public void Nothing_is_said_of_unlabelled_ground_and_of_void()
    {
        var pairs = CellPairs.Draw(Halves(ObjectLayers.Nothing, ObjectLayers.Void, isExhaustive: false), 8, 30, new SampleRandom(2));

        Assert.DoesNotContain(1, pairs.Known);
    }

    private static float Loss(TrainingCrop crop, (float, float) left, (float, float) right)
    {
        var keys = new float[3 * 16];
        for (var cell = 0; cell < 16; cell++)
        {
            (keys[16 + cell], keys[32 + cell]) = cell % 4 < 2 ? left : right;
        }

        var features = new Dictionary<string, torch.Tensor> { ["f8"] = PromptTensors.Of(keys, 1, 3, 4, 4) };
        return AffinityLoss.Of(features, [s_layout], [crop], new SampleRandom(3)).item<float>();
    }

    private static ushort IdAt(TrainingCrop crop, long cell) => crop.Layers[0][(((cell / 4 * 8) + 4) * Side) + (cell % 4 * 8) + 4];

    private static TrainingCrop Halves(ushort left, ushort right, bool isExhaustive) =>
        new(Side, new byte[Side * Side * 3], [[.. Enumerable.Range(0, Side * Side).Select(i => i % Side < Side / 2 ? left : right)]], isExhaustive);
}
