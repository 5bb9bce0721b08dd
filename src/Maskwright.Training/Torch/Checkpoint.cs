using static TorchSharp.torch.autograd;

namespace Maskwright.Training.Torch;

/// <summary>A segment of a graph whose inner results are not kept for the gradient but computed again when it arrives.</summary>
/// <remarks>Chen et al. 2016, "Training deep nets with sublinear memory cost": one more forward pass for the memory of all segments but one.</remarks>
internal sealed class Checkpoint : MultiTensorFunction<Checkpoint>
{
    public override string Name => "maskwright.checkpoint";

    public override List<TorchTensor> forward(AutogradContext ctx, params object[] vars)
    {
        var work = (Work)vars[0];
        var inputs = vars.Skip(1).Cast<TorchTensor>().ToList();
        ctx.save_for_backward(inputs);
        ctx.save_data(nameof(Work), work);
        using var still = torch.no_grad();
        var outputs = work.Run.RunApart(work.Segment, inputs, isRepetition: false).ToList();
        ctx.mark_non_differentiable([.. outputs.Where(output => !output.is_floating_point())]);
        return outputs;
    }

    public override List<TorchTensor> backward(AutogradContext ctx, List<TorchTensor> grad_outputs)
    {
        using var scope = torch.NewDisposeScope();
        using var recorded = torch.enable_grad();
        var work = (Work)ctx.get_data(nameof(Work));
        var inputs = ctx.get_saved_variables().Select(Fresh).ToList();
        var outputs = work.Run.RunApart(work.Segment, inputs, isRepetition: true);
        var followed = outputs.Zip(grad_outputs).Where(pair => pair.First.requires_grad).ToList();
        var asking = inputs.Where(input => input.requires_grad).ToList();
        var gradients = new Queue<TorchTensor>(grad(
            [.. followed.Select(pair => pair.First)], asking, [.. followed.Select(pair => pair.Second)], allow_unused: true));
        var all = new List<TorchTensor> { null! }; // the work itself has none
        all.AddRange(inputs.Select(input => input.requires_grad ? gradients.Dequeue() : null!)); // nor has what asks for none
        scope.MoveToOuter(all.OfType<TorchTensor>().Where(gradient => !gradient.IsInvalid));
        return all;
    }

    // Parameters are leaves and stay themselves; results of earlier operations begin a record of their own.
    private static TorchTensor Fresh(TorchTensor saved) => saved.is_leaf ? saved : saved.detach().requires_grad_(saved.requires_grad);

    /// <summary>What is to be computed.</summary>
    /// <param name="Run">In which forward pass.</param>
    /// <param name="Segment">Which operations.</param>
    public sealed record Work(GraphRun Run, ExecutionSegment Segment);
}
