using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Operations;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;

namespace Maskwright.Training.Tests.Torch;

/// <summary>A small graph around one operation, with inputs and weights made from names.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Describe">Describes the graph and gives its result.</param>
public sealed record OperationCase(string Name, Func<GraphBuilder, Value> Describe)
{
    /// <summary>The sizes of axes that the graph knows only by name.</summary>
    public IReadOnlyDictionary<string, long> Sizes { get; init; } = new Dictionary<string, long> { ["P"] = 3, ["N"] = 5, ["H"] = 9, ["W"] = 7 };

    /// <summary>Put to every element of the inputs, for operations that do not take any number.</summary>
    public Func<float, float> Domain { get; init; } = x => x;

    public Graph Build()
    {
        var g = new GraphBuilder(Name);
        g.Output("y", Describe(g));
        return g.Build();
    }

    /// <summary>The operations that the case is about, and those around it.</summary>
    public IEnumerable<Operation> Operations => Build().Nodes.Select(node => node.Operation);

    public Dictionary<string, Tensor> Inputs(Graph graph) => graph.Inputs.ToDictionary(input => input.Name, Input);

    public static WeightFile Weights(Graph graph) =>
        WeightFile.FromArrays(graph.Parameters.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));

    public Tensor Run(IGraphEngine engine)
    {
        var graph = Build();
        using var weights = Weights(graph);
        using var runner = engine.Load(graph, weights);
        return runner.Run(Inputs(graph))["y"];
    }

    public static OnnxRuntimeEngine Onnx => new(new OnnxRuntimeOptions { UseKernels = false });

    public override string ToString() => Name;

    private Tensor Input(Value input)
    {
        var shape = input.Shape.Select(dim => dim.Size ?? Sizes[dim.Name!]).ToArray(); // an axis without size has a name
        return Tensor.Of([.. SyntheticTensor.Input($"{Name}:{input.Name}", [.. shape.Select(size => (int)size)]).Select(Domain)], shape);
    }
}
