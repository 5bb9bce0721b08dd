using Maskwright.Graphs;

namespace Maskwright.Training.Torch;

/// <summary>Operations that follow one another; as a checkpoint, only its borders are kept for the gradient.</summary>
/// <param name="Steps">The operations.</param>
/// <param name="IsCheckpoint">Whether what lies between the borders is computed again when the gradient needs it.</param>
/// <param name="Inputs">What goes in: results of earlier operations, inputs and parameters of the graph.</param>
/// <param name="Outputs">What later operations or the caller need.</param>
/// <param name="LetGo">Inputs that nothing needs after the segment.</param>
internal sealed record ExecutionSegment(
    IReadOnlyList<ExecutionStep> Steps, bool IsCheckpoint, IReadOnlyList<Value> Inputs, IReadOnlyList<Value> Outputs, IReadOnlyList<Value> LetGo)
{
    public static ExecutionSegment Of(IReadOnlyList<ExecutionStep> steps, bool isCheckpoint)
    {
        var made = steps.SelectMany(step => step.Node.Outputs).ToHashSet();
        var gone = steps.SelectMany(step => step.LetGo).ToHashSet();
        var inputs = steps.SelectMany(step => step.Node.Inputs).Where(value => value is not Constant && !made.Contains(value)).Distinct();
        return new ExecutionSegment(steps, isCheckpoint, [.. inputs], [.. made.Where(value => !gone.Contains(value))], [.. gone.Where(value => !made.Contains(value))]);
    }
}
