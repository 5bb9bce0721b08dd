using Maskwright.Graphs;

namespace Maskwright.Training.Torch;

/// <summary>Which operations the wanted outputs need, in which segments, and what can be let go after each.</summary>
internal sealed class ExecutionPlan
{
    private ExecutionPlan(IReadOnlyList<ExecutionSegment> segments, IReadOnlySet<Value> needed, IReadOnlyList<string> outputs)
    {
        Segments = segments;
        Needed = needed;
        Outputs = outputs;
    }

    public IReadOnlyList<ExecutionSegment> Segments { get; }

    /// <summary>All values that take part.</summary>
    public IReadOnlySet<Value> Needed { get; }

    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Plans a run.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="outputs">The wanted outputs; null means all.</param>
    /// <param name="checkpoints">Patterns of scopes that are segments of their own.</param>
    public static ExecutionPlan For(Graph graph, IReadOnlyList<string>? outputs, IReadOnlyList<string> checkpoints)
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
        return new ExecutionPlan([.. Cut(steps, checkpoints).Select(cut => ExecutionSegment.Of(cut.Steps, cut.Scope is not null))], needed, wanted);
    }

    private static IEnumerable<(string? Scope, List<ExecutionStep> Steps)> Cut(List<ExecutionStep> steps, IReadOnlyList<string> checkpoints)
    {
        var (scope, open) = ((string?)null, new List<ExecutionStep>());
        foreach (var step in steps)
        {
            var next = ScopeOf(step.Node.Name, checkpoints);
            if (next != scope && open.Count > 0)
            {
                yield return (scope, open);
                open = [];
            }

            scope = next;
            open.Add(step);
        }

        if (open.Count > 0)
        {
            yield return (scope, open);
        }
    }

    // blocks.3.attn.qkv under blocks.* is blocks.3: as many parts of the name as the pattern has.
    private static string? ScopeOf(string name, IReadOnlyList<string> checkpoints)
    {
        var parts = name.Split('.');
        return checkpoints
            .Select(pattern => (Pattern: pattern, Scope: string.Join('.', parts.Take(pattern.Count(c => c == '.') + 1))))
            .Where(pair => NamePattern.Matches(pair.Pattern, pair.Scope))
            .Select(pair => pair.Scope)
            .FirstOrDefault();
    }
}

/// <summary>One operation of a plan.</summary>
/// <param name="Node">The operation.</param>
/// <param name="LetGo">Results of operations that nothing needs after it.</param>
internal sealed record ExecutionStep(Node Node, IReadOnlyList<Value> LetGo);
