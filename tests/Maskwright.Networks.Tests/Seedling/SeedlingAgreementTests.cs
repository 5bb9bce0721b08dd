using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Seedling;
using Xunit;

namespace Maskwright.Networks.Tests.Seedling;

public sealed class SeedlingAgreementTests
{
    private const int Cells = 8;
    private const int Side = 8 * Cells;

    [Fact]
    public void Tells_which_masks_miss_a_click_on_the_object_or_hold_one_beside_it()
    {
        var (each, whole) = Run([[16, 32, 1], [48, 32, 0]], hasMask: 0);

        Assert.Equal([0, 1, 0, 1], Rounded(each, 0)); // left, right, everything, nothing
        Assert.Equal([0, 1, 1, 0], Rounded(each, 1));
        Assert.Equal(0.8, whole[0], 1e-4);
        Assert.Equal([0, 0, 0, 0], whole[1..]);
    }

    [Fact]
    public void Tells_how_well_masks_and_box_fill_each_other()
    {
        var (each, whole) = Run([[0, 0, 2], [32, 64, 3]], hasMask: 0);

        Assert.Equal([0, 0, 0, 0], Rounded(each, 0));
        Assert.InRange(each[2][0], 0.85, 1); // the box is drawn with soft edges
        Assert.InRange(each[2][2], 0.4, 0.6);
        Assert.InRange(each[3][2], 0.9, 1);
        Assert.InRange(each[3][1], 0, 0.1);
        Assert.Equal(1, whole[3]);
    }

    [Fact]
    public void Tells_how_alike_masks_are_to_each_other_to_an_earlier_one_and_to_the_readings()
    {
        var (each, whole) = Run([[16, 32, 1]], hasMask: 1);

        Assert.Equal([1, 0, 0.5f, 0], Rounded(each, 4)); // with the left half
        Assert.Equal([0.5f, 0.5f, 1, 0], Rounded(each, 6)); // with everything
        Assert.Equal([0, 1, 0.5f, 0], Rounded(each, 8)); // with the earlier mask, the right half
        Assert.Equal([1, 0, 0.5f, 0], Rounded(each, 9)); // with the first reading, the left half
        Assert.Equal([0, 0, 0, 0], Rounded(each, 10)); // with a reading that is not there
        Assert.Equal(1, whole[4]);
    }

    // Masks are the left half, the right half, everything, nothing; a first reading of quality 0.8 says the left half.
    private static (float[][] Each, float[] Whole) Run(float[][] points, float hasMask)
    {
        var g = new GraphBuilder("agreement");
        var (map, all) = (g.Input("mask_input", 1, 1, 2 * Cells, 2 * Cells), g.Input("regions", 1, SeedlingConfig.RegionAnswers, 2 * Cells, 2 * Cells));
        var prompts = SeedlingPrompts.Of(
            g.Scope("prompts"), g.Input("points", 1, points.Length, 2), g.Input("labels", 1, points.Length), map, g.Input("has_mask", 1), all);
        var agreement = new SeedlingAgreement(g, prompts, g.Input("probable", 1, SeedlingConfig.Masks, Cells, Cells));
        g.Output("each", agreement.Each);
        g.Output("whole", agreement.Whole);
        using var runner = new OnnxRuntimeEngine().Load(g.Build(), new Dictionary<string, WeightTensor>());

        var outputs = runner.Run(new Dictionary<string, Tensor>
        {
            ["points"] = Tensor.Of([.. points.SelectMany(point => point.Take(2))], 1, points.Length, 2),
            ["labels"] = Tensor.Of([.. points.Select(point => point[2])], 1, points.Length),
            ["mask_input"] = Tensor.Of(Map(2 * Cells, isLeft => isLeft ? -20 : 20), 1, 1, 2 * Cells, 2 * Cells),
            ["has_mask"] = Tensor.Of([hasMask], 1),
            ["regions"] = Tensor.Of([.. Map(2 * Cells, isLeft => isLeft ? 0.8f : -0.8f), .. new float[2 * 4 * Cells * Cells]], 1, SeedlingConfig.RegionAnswers, 2 * Cells, 2 * Cells),
            ["probable"] = Tensor.Of(
                [.. Map(Cells, isLeft => isLeft ? 1 : 0), .. Map(Cells, isLeft => isLeft ? 0 : 1), .. Map(Cells, _ => 1), .. Map(Cells, _ => 0)], 1, SeedlingConfig.Masks, Cells, Cells),
        });
        var flat = outputs["each"].Floats;
        var width = flat.Length / SeedlingConfig.Masks;
        return ([.. Enumerable.Range(0, width).Select(i => Enumerable.Range(0, SeedlingConfig.Masks).Select(mask => flat[(mask * width) + i]).ToArray())], outputs["whole"].Floats);
    }

    private static float[] Map(int cells, Func<bool, float> value) => [.. Enumerable.Range(0, cells * cells).Select(i => value(i % cells < cells / 2))];

    // To halves; a soft bell and the one that keeps empty sums defined move numbers by a few per cent.
    private static float[] Rounded(float[][] each, int row) => [.. each[row].Select(value => MathF.Round(2 * value) / 2)];
}
