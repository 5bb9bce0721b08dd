using Maskwright.Graphs;

namespace Maskwright.Training.Torch;

/// <summary>Which operations the wanted outputs need, and what can be let go after each.</summary>
internal sealed class ExecutionPlan
{
    private ExecutionPlan(IReadOnlyList<ExecutionStep> steps, IReadOnlySet<Value> needed, IReadOnlyList<string> outputs)
    {
        Needed = needed;
        Steps = steps;
        Outputs = outputs;
    }

    public IReadOnlyList<ExecutionStep> Steps { get; }

    /// <summary>All values that take part.</summary>
    public IReadOnlySet<Value> Needed { get; }

    public IReadOnlyList<string> Outputs { get; }

    public static ExecutionPlan For(Graph graph, IReadOnlyList<string>? outputs)
    {
        var wanted = outputs ?? [.. graph.Outputs.Keys];
        var unknown = wanted.Where(name => !graph.Outputs.ContainsKey(name)).ToArray();
        if (unknown.Length > 0)
        {
            throw new ArgumentException($"{graph.Name} gives {string.Join(", ", graph.Outputs.Keys)}, not {string.Join(", ", unknown)}.", nameof(outputs));
        }

        var kept = wanted.Select(name => graph.Outputs[name]).ToHashSet();
        var needed = new HashSet<Value>(kept);
        var steps = new List<ExecutionStep>();
        foreach (var node in graph.Nodes.Reverse().Where(node => node.Outputs.Any(needed.Contains)))
        {
            var last = node.Inputs.Where(value => needed.Add(value) && value.Producer is not null).ToArray(); // first met from the end: the last use
            steps.Add(new ExecutionStep(node, [.. last, .. node.Outputs.Where(value => !needed.Contains(value))]));
        }

        steps.Reverse();
        return new ExecutionPlan(steps, needed, wanted);
    }
}

/// <summary>One operation of a plan.</summary>
/// <param name="Node">The operation.</param>
/// <param name="LetGo">Results of operations that nothing needs after it.</param>
internal sealed record ExecutionStep(Node Node, IReadOnlyList<Value> LetGo);
