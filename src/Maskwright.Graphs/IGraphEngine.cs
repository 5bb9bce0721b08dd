using Maskwright.Graphs.Weights;

namespace Maskwright.Graphs;

/// <summary>Something that can run graphs.</summary>
public interface IGraphEngine
{
    /// <summary>The engine's name and version.</summary>
    string Name { get; }

    /// <summary>How results are rounded beyond 32-bit floats, in letters that a file name may hold; null for not at all. Results that are kept for later are kept apart by it.</summary>
    string? Rounding => null;

    /// <summary>Makes a graph ready to run.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">A tensor for every parameter of the graph, by name and of its shape; others are ignored. Must stay alive and unchanged until the runner is disposed.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="WeightMismatchException">A parameter has no tensor, or one of another shape.</exception>
    IGraphRunner Load(Graph graph, IReadOnlyDictionary<string, WeightTensor> weights);
}
