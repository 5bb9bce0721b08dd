using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs;

/// <summary>How large a network is and what one run of it costs.</summary>
public sealed class GraphSummary
{
    private GraphSummary(Graph graph, IReadOnlyList<GraphSummaryRow> rows, OperationCost? cost, long? peakActivationBytes)
    {
        Name = graph.Name;
        ParameterCount = graph.Parameters.Sum(p => p.Shape.ElementCount!.Value); // parameters have known sizes
        Rows = rows;
        Cost = cost;
        PeakActivationBytes = peakActivationBytes;
    }

    /// <summary>The network's name.</summary>
    public string Name { get; }

    /// <summary>Learned numbers.</summary>
    public long ParameterCount { get; }

    /// <summary>Size of the weights in 32-bit floats, in bytes.</summary>
    public long ParameterBytes => ParameterCount * sizeof(float);

    /// <summary>Every operation in order.</summary>
    public IReadOnlyList<GraphSummaryRow> Rows { get; }

    /// <summary>Multiply-accumulates of one run; null when a size is known only at run time.</summary>
    public OperationCost? Cost { get; }

    /// <summary>The most bytes that results hold at one time when each is let go after its last use and every composite operation runs as one; null when a size is known only at run time.</summary>
    public long? PeakActivationBytes { get; }

    /// <summary>Measures a network.</summary>
    /// <param name="graph">The network.</param>
    public static GraphSummary Of(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var isKnown = graph.Nodes.SelectMany(n => n.Inputs.Concat(n.Outputs)).All(v => v.Shape.ElementCount is not null);
        var rows = graph.Nodes.Select(node => Row(node, isKnown)).ToArray();
        return new GraphSummary(graph, rows, isKnown ? rows.Aggregate(default(OperationCost), (sum, row) => sum + row.Cost!.Value) : null, isKnown ? Peak(graph) : null);
    }

    private static GraphSummaryRow Row(Node node, bool isKnown) => new(
        node.Name,
        node.Operation.GetType().Name,
        node.Outputs[0].Shape,
        node.Inputs.OfType<Parameter>().Sum(p => p.Shape.ElementCount!.Value),
        isKnown ? node.Operation.Cost(node.Inputs, node.Outputs) : null);

    private static long Peak(Graph graph)
    {
        var lastUse = new Dictionary<Value, int>();
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (var input in graph.Nodes[i].Inputs)
            {
                lastUse[input] = i;
            }
        }

        foreach (var output in graph.Outputs.Values)
        {
            lastUse[output] = int.MaxValue;
        }

        long alive = graph.Inputs.Sum(Bytes), peak = alive;
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            alive += graph.Nodes[i].Outputs.Sum(Bytes);
            peak = Math.Max(peak, alive);
            alive -= graph.Nodes[i].Inputs.Distinct().Where(v => v is not Parameter and not Constant && lastUse[v] == i).Sum(Bytes);
        }

        return peak;
    }

    private static long Bytes(Value value) => value.Shape.ElementCount!.Value * value.Type.Element.ByteSize(); // checked by the caller
}

/// <summary>One operation of a network.</summary>
/// <param name="Name">Where it is.</param>
/// <param name="Operation">What it is.</param>
/// <param name="Output">The shape of its result.</param>
/// <param name="ParameterCount">Its learned numbers.</param>
/// <param name="Cost">Its multiply-accumulates; null when a size is known only at run time.</param>
public sealed record GraphSummaryRow(string Name, string Operation, TensorShape Output, long ParameterCount, OperationCost? Cost);
