using Maskwright.Graphs.Kernels;
using Maskwright.Graphs.Operations;
using Maskwright.Graphs.Weights;

namespace Maskwright.Graphs.Onnx;

/// <summary>The layers of a graph that are computed in bytes, with their weights rounded.</summary>
internal sealed unsafe class ByteLayers
{
    private const float Greatest = 127;

    private readonly Dictionary<Node, ByteLayer> _byLast;
    private readonly HashSet<Node> _inner;
    private readonly IReadOnlyDictionary<string, WeightTensor> _weights;
    private readonly ConvertedWeights _memory;
    private readonly List<ByteTensor> _tensors = [];

    /// <param name="graph">The network.</param>
    /// <param name="weights">A tensor for every parameter.</param>
    /// <param name="memory">Holds what is made of them.</param>
    public ByteLayers(Graph graph, IReadOnlyDictionary<string, WeightTensor> weights, ConvertedWeights memory)
    {
        (_weights, _memory) = (weights, memory);
        var layers = ByteLayerSearch.Of(graph);
        _byLast = layers.ToDictionary(layer => layer.Last);
        _inner = [.. layers.SelectMany(layer => layer.Nodes.SkipLast(1))];
        foreach (var layer in layers)
        {
            Round(layer);
        }
    }

    /// <summary>The rounded weights and what undoes the rounding, under the names that <see cref="NameOf"/> gives.</summary>
    public IReadOnlyList<ByteTensor> Tensors => _tensors;

    /// <summary>The layer whose result is a node's; null where there is none.</summary>
    public ByteLayer? EndingAt(Node node) => _byLast.GetValueOrDefault(node);

    /// <summary>Whether a node is computed within a layer that ends later.</summary>
    public bool Covers(Node node) => _inner.Contains(node);

    /// <summary>The name of a layer's tensor.</summary>
    public static string NameOf(ByteLayer layer, string part) => $"{layer.Node.Name}/int8/{part}";

    private void Round(ByteLayer layer)
    {
        var weight = layer.Node.Inputs[1].Shape.ToSizes();
        var (outputs, taps, channels) = ((int)weight[0], weight.Length == 4 ? (int)(weight[2] * weight[3]) : 1, (int)weight[1]);
        var filled = weight.Length == 4 ? BytePatchesShape.FilledUp(channels) : channels;
        var numbers = _weights[layer.Node.Inputs[1].Name].ToFloat32();
        var (factors, bias) = Folded(layer, outputs);
        var rounded = (sbyte*)Add(layer, "weight", ElementType.Int8, (long)taps * filled, outputs);
        var steps = (float*)Add(layer, "steps", ElementType.Float32, outputs);
        var totals = (float*)Add(layer, "totals", ElementType.Float32, outputs);
        bias.CopyTo(new Span<float>((float*)Add(layer, "bias", ElementType.Float32, outputs), outputs));
        new Span<sbyte>(rounded, checked(taps * filled * outputs)).Clear();
        for (var o = 0; o < outputs; o++)
        {
            var own = numbers.AsSpan(o * channels * taps, channels * taps);
            var step = Farthest(own) / Greatest;
            var total = 0;
            for (var c = 0; c < channels; c++)
            {
                for (var tap = 0; tap < taps; tap++)
                {
                    var number = step > 0 ? (sbyte)MathF.Round(own[(c * taps) + tap] / step) : (sbyte)0;
                    rounded[((((long)tap * filled) + c) * outputs) + o] = number;
                    total += number;
                }
            }

            (steps[o], totals[o]) = (step * factors[o], step * factors[o] * total);
        }
    }

    // What a batch normalisation makes of every output: a factor, and a bias.
    private (float[] Factors, float[] Bias) Folded(ByteLayer layer, int outputs)
    {
        var bias = layer.Node.Inputs.Count > 2 ? Numbers(layer.Node, 2) : new float[outputs];
        var factors = new float[outputs];
        Array.Fill(factors, 1);
        if (layer.Normalisation is { Operation: BatchNormalisation { Epsilon: var epsilon } } node)
        {
            var (weight, shift, mean, variance) = (Numbers(node, 1), Numbers(node, 2), Numbers(node, 3), Numbers(node, 4));
            for (var o = 0; o < outputs; o++)
            {
                factors[o] = (float)(weight[o] / Math.Sqrt(variance[o] + epsilon));
                bias[o] = ((bias[o] - mean[o]) * factors[o]) + shift[o];
            }
        }

        return (factors, bias);
    }

    private static float Farthest(ReadOnlySpan<float> numbers)
    {
        var farthest = 0f;
        foreach (var number in numbers)
        {
            farthest = MathF.Max(farthest, MathF.Abs(number));
        }

        return farthest;
    }

    private float[] Numbers(Node node, int input) => _weights[node.Inputs[input].Name].ToFloat32();

    private nint Add(ByteLayer layer, string part, ElementType element, params long[] sizes)
    {
        var tensor = new ByteTensor(NameOf(layer, part), element, sizes, _memory.Allocate(sizes.Aggregate((long)element.ByteSize(), (product, size) => product * size)));
        _tensors.Add(tensor);
        return tensor.Address;
    }
}

/// <summary>A tensor in native memory.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Element">What its elements are.</param>
/// <param name="Sizes">Its shape.</param>
/// <param name="Address">Where they lie.</param>
internal sealed record ByteTensor(string Name, ElementType Element, long[] Sizes, nint Address);
