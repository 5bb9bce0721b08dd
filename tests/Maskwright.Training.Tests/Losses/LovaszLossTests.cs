using Maskwright.Training.Losses;
using Maskwright.Training.Tests.Gradients;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Losses;

public class LovaszLossTests
{
    [Fact]
    public void Is_one_minus_iou_where_errors_are_all_or_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var target = torch.tensor(new float[] { 1, 1, 1, 0, 0, 0 }).reshape(1, 6);
        var found = torch.tensor(new float[] { 1, 0, 1, 1, 0, 0 }).reshape(1, 6); // 2 of a union of 4
        var sure = torch.stack([(1 - found) * 200, found * 200], 1);

        var loss = LovaszLoss.Softmax(sure, target.to_type(torch.ScalarType.Int64));

        Assert.Equal(0.5, loss.item<float>(), 1e-5); // for either class
    }

    [Fact]
    public void Hinge_equals_the_continuation_by_its_definition()
    {
        using var scope = torch.NewDisposeScope();
        var logits = TorchArrays.Synthetic("input:lovasz", 3, 40) * 2;
        var target = TorchArrays.Synthetic("input:lovasz_t", 3, 40).gt(0.3).to_type(torch.ScalarType.Float32);

        var expected = Enumerable.Range(0, 3).Average(i => Continuation(
            [.. logits[i].Floats().Zip(target[i].Floats(), (x, t) => Math.Max(0, 1 - (x * ((2 * t) - 1))))], [.. target[i].Floats().Select(t => t > 0)]));

        Assert.Equal(expected, LovaszLoss.Hinge(logits, target).item<float>(), 1e-4);
    }

    [Fact]
    public void Classes_that_do_not_occur_and_void_pixels_do_not_count()
    {
        using var scope = torch.NewDisposeScope();
        var logits = TorchArrays.Synthetic("input:lovasz_c", 1, 3, 30) * 2;
        var labels = (TorchArrays.Synthetic("input:lovasz_l", 1, 30) > 0).to_type(torch.ScalarType.Int64); // never class 2
        labels[0, 7] = torch.tensor(255L);
        var asked = Enumerable.Range(0, 30).Where(i => i != 7).ToArray();
        var probabilities = logits.softmax(1)[0].Floats();

        double Class(int k) => Continuation(
            [.. asked.Select(i => (double)Math.Abs((labels[0, i].item<long>() == k ? 1 : 0) - probabilities[(k * 30) + i]))], [.. asked.Select(i => labels[0, i].item<long>() == k)]);

        Assert.Equal((Class(0) + Class(1)) / 2, LovaszLoss.Softmax(logits, labels).item<float>(), 1e-4);
    }

    // The definition: sort errors; each weighs the growth of 1 - IoU when its pixel joins the wrong ones.
    private static double Continuation(double[] errors, bool[] inside)
    {
        var order = Enumerable.Range(0, errors.Length).OrderByDescending(i => errors[i]).ToArray();
        return Enumerable.Range(0, order.Length).Sum(n => errors[order[n]] * (Loss(order[..(n + 1)], inside) - Loss(order[..n], inside)));
    }

    private static double Loss(int[] wrong, bool[] inside)
    {
        var area = inside.Count(i => i);
        var (lost, added) = (wrong.Count(i => inside[i]), wrong.Count(i => !inside[i]));
        return wrong.Length == 0 ? 0 : 1 - ((double)(area - lost) / (area + added));
    }
}
