using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Data;
using Maskwright.Training.Tests.Data;
using Maskwright.Training.Tests.Detection;
using Maskwright.Training.Validation;
using Xunit;

namespace Maskwright.Training.Tests.Validation;

public class MaskRcnnValidatorTests
{
    private static readonly string[] s_names = ["background", "disc", "box", "triangle"];

    [Fact]
    public void Measures_average_precision_of_each_class_and_shows_truth_and_answer()
    {
        using var weights = MaskRcnnInitialisation.Create(TinyMaskRcnn.Config, 1);
        var examples = Enumerable.Range(0, 3).Select(i => new TrainingExample("painted", $"scene {i}", () => PaintedScenes.DrawClasses(TinyMaskRcnn.Side, i))).ToList();

        var outcome = new MaskRcnnValidator(TinyMaskRcnn.Config, s_names, 1).Judge(weights, examples, TestContext.Current.CancellationToken);

        Assert.All(outcome.Measures.Values, value => Assert.InRange(value, 0, 1));
        Assert.Equal(s_names[1..], outcome.Groups.Keys);
        Assert.Equal(outcome.Groups.Values.Average(), outcome.Measures["mask_ap"], 9);
        Assert.Equal(Enumerable.Range(0, 4), outcome.Examples[0].Truth.Labels.ToArray().Distinct().Order());
    }

    [Fact]
    public void Nothing_to_find_gives_no_number()
    {
        using var weights = MaskRcnnInitialisation.Create(TinyMaskRcnn.Config, 1);
        var empty = PaintedScenes.Photo(new byte[TinyMaskRcnn.Side * TinyMaskRcnn.Side], TinyMaskRcnn.Side);

        var outcome = new MaskRcnnValidator(TinyMaskRcnn.Config, s_names, 1).Judge(weights, [new TrainingExample("painted", "empty", () => empty)], TestContext.Current.CancellationToken);

        Assert.All(outcome.Measures.Values.Concat(outcome.Groups.Values), value => Assert.Equal(double.NaN, value));
    }
}
