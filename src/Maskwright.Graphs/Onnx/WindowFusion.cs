using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs.Onnx;

/// <summary>Finds windowed attentions whose windows a kernel can address in place, so that nothing is padded, cut or put back.</summary>
/// <remarks>
/// The pattern: cut into windows, project to queries, keys and values, attend, project, put the windows back. The projections work token by token, so they
/// may run before the cut and after the putting back; a padded token's projection is the bias alone, which the kernel is given.
/// </remarks>
internal sealed class WindowFusion
{
    private readonly HashSet<Node> _covered = [];
    private readonly Dictionary<Node, (int Size, Value? Bias)> _windows = [];
    private readonly Dictionary<Node, TensorShape> _maps = [];

    public WindowFusion(Graph graph)
    {
        var uses = graph.Nodes.SelectMany(n => n.Inputs).Concat(graph.Outputs.Values).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
        var consumer = graph.Nodes.SelectMany(n => n.Inputs.Select(i => (Input: i, Node: n))).ToLookup(p => p.Input, p => p.Node);
        foreach (var attention in graph.Nodes.Where(n => n.Operation is RelativePositionSelfAttention))
        {
            var project = attention.Inputs[0].Producer;
            var partition = project?.Inputs[0].Producer;
            var merge = consumer[attention.Outputs[0]].FirstOrDefault();
            var unpartition = merge is null ? null : consumer[merge.Outputs[0]].FirstOrDefault();
            Node?[] inner = [partition, project, attention, merge];
            if (partition?.Operation is WindowPartition window && project?.Operation is Linear && merge?.Operation is Linear
                && unpartition?.Operation is WindowUnpartition && inner.All(n => uses[n!.Outputs[0]] == 1)) // the patterns before made them non-null
            {
                _covered.Add(partition);
                _covered.Add(unpartition);
                _maps.Add(project, partition.Inputs[0].Shape);
                _maps.Add(merge!, partition.Inputs[0].Shape);
                _windows.Add(attention, (window.WindowSize, project.Inputs.Count > 2 ? project.Inputs[2] : null));
            }
        }
    }

    /// <summary>Whether a cut, or a putting back, is done by a kernel's addressing.</summary>
    public bool Covers(Node node) => _covered.Contains(node);

    /// <summary>The shape that a projection works on when it runs outside the windows, but for the last axis; null elsewhere.</summary>
    public TensorShape? MapOf(Node projection) => _maps.GetValueOrDefault(projection);

    /// <summary>The windows of an attention; null when it attends to the whole map that it is given.</summary>
    public (int Size, Value? Bias)? WindowOf(Node attention) => _windows.TryGetValue(attention, out var window) ? window : null;
}
