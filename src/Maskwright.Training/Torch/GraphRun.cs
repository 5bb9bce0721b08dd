using Maskwright.Graphs;

namespace Maskwright.Training.Torch;

/// <summary>One forward pass: the values that are alive, and how the next ones are computed.</summary>
internal sealed class GraphRun
{
    private readonly TorchLowering _lowering;
    private readonly IReadOnlyDictionary<Constant, TorchTensor> _constants;

    public GraphRun(TorchLowering lowering, IReadOnlyDictionary<Constant, TorchTensor> constants)
    {
        _lowering = lowering;
        _constants = constants;
    }

    /// <summary>The values that are alive: what was given, and results that are still needed.</summary>
    public Dictionary<Value, TorchTensor> Values { get; } = [];

    /// <summary>A value that is alive, or a constant.</summary>
    public TorchTensor this[Value value] => value is Constant constant ? _constants[constant] : Values[value];

    /// <summary>Computes a segment; its results are in the current dispose scope.</summary>
    public void Run(ExecutionSegment segment, CancellationToken cancellationToken)
    {
        if (segment.IsCheckpoint && torch.is_grad_enabled() && segment.Inputs.Any(input => Values[input].requires_grad))
        {
            RunCheckpointed(segment);
            return;
        }

        foreach (var step in segment.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Compute(step.Node);
            LetGo(step.LetGo);
        }
    }

    /// <summary>Computes a segment from given inputs, which stay as they are.</summary>
    /// <param name="segment">The operations.</param>
    /// <param name="inputs">A tensor for every input of the segment.</param>
    /// <param name="isRepetition">Whether the same was computed before, so that running statistics have learned from it already.</param>
    /// <returns>A tensor for every output of the segment.</returns>
    public TorchTensor[] RunApart(ExecutionSegment segment, IReadOnlyList<TorchTensor> inputs, bool isRepetition)
    {
        using var scope = torch.NewDisposeScope();
        var run = new GraphRun(_lowering.Repeating(isRepetition), _constants);
        foreach (var (value, tensor) in segment.Inputs.Zip(inputs))
        {
            run.Values.Add(value, tensor);
        }

        var given = segment.LetGo.ToHashSet();
        foreach (var step in segment.Steps)
        {
            run.Compute(step.Node);
            run.LetGo(step.LetGo.Where(value => !given.Contains(value)));
        }

        return [.. segment.Outputs.Select(value => run.Values[value].MoveToOuterDisposeScope())];
    }

    private void RunCheckpointed(ExecutionSegment segment)
    {
        var results = Checkpoint.apply([new Checkpoint.Work(this, segment), .. segment.Inputs.Select(input => Values[input])]);
        foreach (var (value, result) in segment.Outputs.Zip(results))
        {
            Values.Add(value, result);
        }

        LetGo(segment.LetGo);
    }

    private void Compute(Node node)
    {
        using var scope = torch.NewDisposeScope();
        var operands = node.Inputs.Select(input => this[input]).ToArray();
        foreach (var (value, result) in node.Outputs.Zip(_lowering.Compute(node, operands)))
        {
            var own = operands.Contains(result) ? result.alias() : result;
            Values[value] = own.MoveToOuterDisposeScope();
        }
    }

    private void LetGo(IEnumerable<Value> values)
    {
        foreach (var value in values)
        {
            Values.Remove(value, out var tensor);
            tensor?.Dispose();
        }
    }
}
