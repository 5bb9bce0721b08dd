using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Losses;

public class DistillationLossTests
{
    private static readonly float[] s_left = [1, 0, 1, 0];
    private static readonly float[] s_top = [1, 1, 0, 0];
    private static readonly LossOptions s_options = new() { FocalExponent = 0 };

    [Fact]
    public void Costs_nothing_where_the_answers_are_the_teachers_in_whatever_order()
    {
        using var scope = torch.NewDisposeScope();
        var taught = new TeacherAnswers(PromptTensors.Of([.. s_left, .. s_top], 1, 2, 2, 2), PromptTensors.Of([0.8f, 0.3f], 1, 2));
        var masks = PromptTensors.Of([.. Logits(s_left), .. Logits(s_top), .. Logits(s_left)], 1, 3, 2, 2);

        Assert.Equal(0, DistillationLoss.Of(masks, PromptTensors.Of([0.8f, 0, 0], 1, 3), taught, s_options).item<float>(), 1e-4);
    }

    [Fact]
    public void A_quality_that_the_teacher_does_not_share_costs_its_square()
    {
        using var scope = torch.NewDisposeScope();
        var taught = new TeacherAnswers(PromptTensors.Of(s_left, 1, 1, 2, 2), PromptTensors.Of([0.8f], 1, 1));

        var loss = DistillationLoss.Of(PromptTensors.Of(Logits(s_left), 1, 1, 2, 2), PromptTensors.Of([0.3f], 1, 1), taught, s_options).item<float>();

        Assert.Equal(0.25, loss, 1e-4);
    }

    private static float[] Logits(float[] mask) => [.. mask.Select(value => value > 0 ? 40f : -40f)];
}
