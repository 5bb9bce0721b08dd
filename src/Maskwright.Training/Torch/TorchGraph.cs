using System.Collections.Concurrent;
using Maskwright.Graphs;
using Maskwright.Graphs.Sizes;
using Maskwright.Graphs.Weights;

namespace Maskwright.Training.Torch;

/// <summary>A graph of the house that runs on Torch, with gradients where they are asked for.</summary>
/// <remarks>
/// Gradients follow Torch's rules: they are recorded unless the caller stands in <c>torch.no_grad()</c>. Scopes of Torch (disposal, <c>no_grad</c>) belong to
/// a thread: never await inside one. Several threads may evaluate one graph at once while nobody trains it.
/// </remarks>
public sealed class TorchGraph : IDisposable
{
    private readonly TorchGraphOptions _options;
    private readonly bool _ownsWeights;
    private readonly Dictionary<Constant, TorchTensor> _constants;
    private readonly ConcurrentDictionary<string, ExecutionPlan> _plans = [];
    private ulong _chance;
    private long _passes;

    /// <summary>Runs a graph over weights that the caller owns, perhaps shared with other graphs of the network.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">Made for this graph, among others; disposed by the caller, after this object.</param>
    /// <param name="options">How to run; null means exactly.</param>
    /// <exception cref="ArgumentException">The weights lack a parameter of the graph.</exception>
    public TorchGraph(Graph graph, TorchWeights weights, TorchGraphOptions? options = null)
        : this(graph, weights, options, ownsWeights: false)
    {
    }

    /// <summary>Runs a graph over a copy of its weights.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">A tensor for every parameter of the graph, by name and of its shape; not needed afterwards.</param>
    /// <param name="options">How to run; null means exactly.</param>
    /// <param name="device">Where: see <see cref="TorchDevices"/>.</param>
    /// <exception cref="WeightMismatchException">A parameter has no tensor, or one of another shape.</exception>
    /// <exception cref="NotSupportedException">The device is not there.</exception>
    public TorchGraph(Graph graph, IReadOnlyDictionary<string, WeightTensor> weights, TorchGraphOptions? options = null, string device = "cpu")
        : this(graph, new TorchWeights(weights, [graph], device), options, ownsWeights: true)
    {
    }

    private TorchGraph(Graph graph, TorchWeights weights, TorchGraphOptions? options, bool ownsWeights)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        var missing = graph.Parameters.Select(parameter => parameter.Name).Except(weights.Names).ToArray();
        if (missing.Length > 0)
        {
            throw new ArgumentException($"The weights were not made for {graph.Name}: they lack {string.Join(", ", missing)}.", nameof(weights));
        }

        Graph = graph = graph.WrittenOut();
        Weights = weights;
        _options = options ?? new TorchGraphOptions();
        _ownsWeights = ownsWeights;
        BeginStep(0);
        _constants = graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs.Values).OfType<Constant>().Distinct().ToDictionary(constant => constant, Keep);
    }

    /// <summary>The network.</summary>
    public Graph Graph { get; }

    /// <summary>Its learned tensors.</summary>
    public TorchWeights Weights { get; }

    /// <summary>
    /// Says which step of a training begins: with it, the seed of the options and the number of passes since, dropout drops the same in every run of that training.
    /// </summary>
    /// <param name="step">Any number that tells the steps apart.</param>
    public void BeginStep(long step)
    {
        _chance = RunContext.Mix((ulong)_options.Seed, (ulong)step);
        _passes = 0;
    }

    /// <summary>Computes outputs from inputs.</summary>
    /// <param name="inputs">A tensor for every input that the wanted outputs need, on the weights' device; borrowed. Gradients flow to those that ask for them.</param>
    /// <param name="mode">Whether layers learn or answer.</param>
    /// <param name="outputs">The wanted outputs; null means all.</param>
    /// <param name="cancellationToken">Looked at between operations.</param>
    /// <returns>A live tensor for every wanted output, 32-bit floats where the graph says so; in the caller's dispose scope, or the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">An input is missing or of another shape, or an output is unknown.</exception>
    public IReadOnlyDictionary<string, TorchTensor> Forward(
        IReadOnlyDictionary<string, TorchTensor> inputs, TorchMode mode, IReadOnlyList<string>? outputs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var plan = PlanFor(outputs);
        using var scope = torch.NewDisposeScope();
        CheckNames(inputs, plan);
        var sizes = SizeBindings.Of(Graph.Inputs, inputs.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<long>)pair.Value.shape));
        var chance = mode == TorchMode.Train ? RunContext.Mix(_chance, (ulong)Interlocked.Increment(ref _passes)) : 0;
        var run = new GraphRun(new TorchLowering(new RunContext(_options, Weights, mode, sizes, chance)), _constants);
        Bind(inputs, run.Values);
        foreach (var segment in plan.Segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Run(segment, cancellationToken);
        }

        return plan.Outputs.ToDictionary(name => name, name => Finish(run[Graph.Outputs[name]], Graph.Outputs[name].Type));
    }

    /// <summary>Frees what this object made.</summary>
    public void Dispose()
    {
        foreach (var constant in _constants.Values)
        {
            constant.Dispose();
        }

        if (_ownsWeights)
        {
            Weights.Dispose();
        }
    }

    private static TorchTensor Finish(TorchTensor tensor, TensorType type) => tensor.to_type(TorchTypes.ToTorch(type.Element)).alias().MoveToOuterDisposeScope();

    private TorchTensor Keep(Constant constant) => TorchTypes.ToTorch(constant, Weights.Device).DetachFromDisposeScope();

    private ExecutionPlan PlanFor(IReadOnlyList<string>? outputs) =>
        _plans.GetOrAdd(outputs is null ? "\n" : string.Join('\n', outputs), _ => ExecutionPlan.For(Graph, outputs, _options.Checkpoints));

    private void CheckNames(IReadOnlyDictionary<string, TorchTensor> inputs, ExecutionPlan plan)
    {
        var missing = Graph.Inputs.Where(input => plan.Needed.Contains(input) && !inputs.ContainsKey(input.Name)).Select(input => input.Name).ToArray();
        var unknown = inputs.Keys.Except(Graph.Inputs.Select(input => input.Name)).ToArray();
        if (missing.Length + unknown.Length > 0)
        {
            throw new ArgumentException($"{Graph.Name} takes {string.Join(", ", Graph.Inputs.Select(i => i.Name))}; missing: {List(missing)}; unknown: {List(unknown)}.", nameof(inputs));
        }

        static string List(string[] names) => names.Length == 0 ? "none" : string.Join(", ", names);
    }

    private void Bind(IReadOnlyDictionary<string, TorchTensor> inputs, Dictionary<Value, TorchTensor> values)
    {
        foreach (var parameter in Graph.Parameters)
        {
            values.Add(parameter, Weights[parameter.Name]);
        }

        foreach (var input in Graph.Inputs.Where(input => inputs.ContainsKey(input.Name)))
        {
            values.Add(input, inputs[input.Name]);
        }
    }
}
