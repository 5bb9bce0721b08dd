using System.Runtime.InteropServices;
using Maskwright.Graphs;
using Maskwright.Graphs.Operations;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Safetensors;

namespace Maskwright.Training.Torch;

/// <summary>The learned tensors of one network, be it one graph or several that share them: leaves that gradients flow to, and running statistics.</summary>
/// <remarks>All tensors are 32-bit floats on one device and live outside dispose scopes until this object is disposed. Not safe for use by several threads.</remarks>
public sealed class TorchWeights : IDisposable
{
    private readonly OrderedDictionary<string, TorchParameter> _parameters = [];
    private readonly OrderedDictionary<string, TorchTensor> _buffers = [];
    private readonly HashSet<string> _frozen = [];
    private readonly List<string> _order = [];

    /// <summary>Copies the weights of a network.</summary>
    /// <param name="weights">A tensor for every parameter of the graphs, by name and of its shape; others are ignored. Not needed afterwards.</param>
    /// <param name="graphs">At least one graph; parameters of equal names are one tensor.</param>
    /// <param name="device">Where the tensors lie: see <see cref="TorchDevices"/>.</param>
    /// <exception cref="WeightMismatchException">A parameter has no tensor, or one of another shape.</exception>
    /// <exception cref="NotSupportedException">The device is not there.</exception>
    public TorchWeights(IReadOnlyDictionary<string, WeightTensor> weights, IReadOnlyList<Graph> graphs, string device = "cpu")
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(graphs);
        Device = TorchDevices.Parse(device);
        CheckFit(weights, graphs);
        var statistics = graphs.SelectMany(Statistics).ToHashSet();
        foreach (var parameter in graphs.SelectMany(graph => graph.Parameters).DistinctBy(parameter => parameter.Name))
        {
            Add(parameter, weights[parameter.Name], statistics.Contains(parameter.Name));
        }
    }

    /// <summary>The tensors that can learn, by name, in the graphs' order; a frozen one does not ask for gradients.</summary>
    public IReadOnlyDictionary<string, TorchParameter> Parameters => _parameters;

    /// <summary>The running means and variances of batch normalisations, by name; no gradient flows to them.</summary>
    public IReadOnlyDictionary<string, TorchTensor> Buffers => _buffers;

    /// <summary>The names of all tensors, in the graphs' order.</summary>
    public IReadOnlyList<string> Names => _order;

    internal torch.Device Device { get; }

    /// <summary>A parameter or a buffer.</summary>
    /// <param name="name">Its name in the graph.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public TorchTensor this[string name] => _parameters.TryGetValue(name, out var parameter) ? parameter : _buffers[name];

    /// <summary>Whether a tensor keeps its numbers while others learn.</summary>
    /// <param name="name">Its name in the graph.</param>
    public bool IsFrozen(string name) => _frozen.Contains(name);

    /// <summary>Stops tensors from learning. A batch normalisation whose statistics are frozen uses them as they are, in every mode.</summary>
    /// <param name="patterns">Names of parameters and buffers; <c>*</c> stands for any letters, as in <c>encoder.*</c>.</param>
    /// <exception cref="ArgumentException">A pattern fits no name.</exception>
    public void Freeze(params IReadOnlyList<string> patterns) => SetFrozen(patterns, true);

    /// <summary>Lets tensors learn again.</summary>
    /// <param name="patterns">As in <see cref="Freeze"/>.</param>
    /// <exception cref="ArgumentException">A pattern fits no name.</exception>
    public void Unfreeze(params IReadOnlyList<string> patterns) => SetFrozen(patterns, false);

    /// <summary>Forgets all gradients.</summary>
    public void ForgetGradients()
    {
        foreach (var parameter in _parameters.Values)
        {
            using var gradient = parameter.grad;
            parameter.grad = null;
        }
    }

    /// <summary>Takes over other numbers for all tensors; optimizers keep their hold.</summary>
    /// <param name="weights">A tensor for every name, of its shape; others are ignored.</param>
    /// <exception cref="WeightMismatchException">A name has no tensor, or one of another shape.</exception>
    public void Load(IReadOnlyDictionary<string, WeightTensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        CheckFit(weights, _order.Select(name => (name, this[name].shape)), "weights");
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        foreach (var name in _order)
        {
            this[name].copy_(Read(weights[name]));
        }
    }

    /// <summary>Copies all tensors to memory of their own, for another engine or a file. The caller disposes the result.</summary>
    /// <param name="name">How errors call these weights.</param>
    public WeightFile Export(string name = "trained weights") =>
        WeightFile.FromArrays(_order.Select(key => (key, (IReadOnlyList<long>)this[key].shape, TorchTypes.FromTorch(this[key]).Floats)), name);

    /// <summary>Writes all tensors to a safetensors file, under their names in the graphs.</summary>
    /// <param name="path">The destination; replaced when it exists, never left half written.</param>
    /// <param name="metadata">Text entries for the header; null for none.</param>
    /// <exception cref="IOException">The file could not be written.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var exported = Export(path);
        SafetensorsWriter.Write(path, exported.Values, metadata);
    }

    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        ForgetGradients();
        foreach (var name in _order)
        {
            this[name].Dispose();
        }
    }

    private static IEnumerable<string> Statistics(Graph graph) =>
        graph.Nodes.Where(node => node.Operation is BatchNormalisation).SelectMany(node => node.Inputs.Skip(3)).Select(value => value.Name);

    private static void CheckFit(IReadOnlyDictionary<string, WeightTensor> weights, IReadOnlyList<Graph> graphs) =>
        CheckFit(weights, graphs.SelectMany(graph => graph.Parameters).Select(p => (p.Name, p.Shape.ToSizes())), graphs.Count > 0 ? graphs[0].Name : "weights");

    private static void CheckFit(IReadOnlyDictionary<string, WeightTensor> weights, IEnumerable<(string Name, long[] Shape)> wanted, string name)
    {
        var bad = wanted.Where(w => !weights.TryGetValue(w.Name, out var tensor) || !tensor.Shape.SequenceEqual(w.Shape)).DistinctBy(w => w.Name).ToArray();
        if (bad.Length > 0)
        {
            var wrong = bad.Where(w => weights.ContainsKey(w.Name)).Select(w => new ShapeMismatch(w.Name, weights[w.Name].Name, w.Shape, weights[w.Name].Shape));
            throw new WeightMismatchException(name, "original", [.. bad.Select(w => w.Name).Where(n => !weights.ContainsKey(n))], [], [.. wrong]);
        }
    }

    private static TorchTensor Read(WeightTensor weight)
    {
        var tensor = torch.empty([.. weight.Shape], torch.ScalarType.Float32);
        weight.CopyToFloat32(MemoryMarshal.Cast<byte, float>(tensor.bytes));
        return tensor;
    }

    // Kernels of convolutions lie channels-last: libtorch then runs the whole chain of layers so, which is what its processor kernels like best.
    private void Add(Parameter parameter, WeightTensor weight, bool isStatistic)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var tensor = Read(weight).to(Device);
        tensor = tensor.dim() == 4 ? tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : tensor;
        _order.Add(parameter.Name);
        if (isStatistic)
        {
            _buffers.Add(parameter.Name, tensor.DetachFromDisposeScope());
        }
        else
        {
            var leaf = new TorchParameter(tensor.detach(), requires_grad: true);
            leaf.DetachFromDisposeScope();
            _parameters.Add(parameter.Name, leaf);
        }
    }

    private void SetFrozen(IReadOnlyList<string> patterns, bool isFrozen)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        foreach (var pattern in patterns)
        {
            var names = _order.Where(name => NamePattern.Matches(pattern, name)).ToArray();
            if (names.Length == 0)
            {
                throw new ArgumentException($"No parameter's name fits '{pattern}'; the first names are {string.Join(", ", _order.Take(5))}.", nameof(patterns));
            }

            foreach (var name in names)
            {
                _ = isFrozen ? _frozen.Add(name) : _frozen.Remove(name);
                if (_parameters.TryGetValue(name, out var parameter))
                {
                    parameter.requires_grad = !isFrozen;
                }
            }
        }
    }
}
