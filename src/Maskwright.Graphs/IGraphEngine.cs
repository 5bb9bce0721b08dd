using Maskwright.Graphs.Weights;

namespace Maskwright.Graphs;

/// <summary>Something that can run graphs.</summary>
public interface IGraphEngine
{
    /// <summary>The engine's name and version.</summary>
    string Name { get; }

    /// <summary>How results are rounded beyond 32-bit floats, in letters that a file name may hold; null for not at all. Results that are kept for later are kept apart by it.</summary>
    string? Rounding => null;

    /// <summary>Threads that one run may take, at least 1.</summary>
    int Threads => 1;

    /// <summary>The same engine for callers that run one graph as often at the same time as <see cref="Threads"/> says: every run then takes one thread, and none waits for another.</summary>
    /// <remarks>Many small runs are done sooner so than one after another with their operations shared out. An engine that cannot do it gives itself and says that it has one thread.</remarks>
    IGraphEngine OnOneThread => this;

    /// <summary>Makes a graph ready to run.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">A tensor for every parameter of the graph, by name and of its shape; others are ignored. Must stay alive and unchanged until the runner is disposed.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="WeightMismatchException">A parameter has no tensor, or one of another shape.</exception>
    IGraphRunner Load(Graph graph, IReadOnlyDictionary<string, WeightTensor> weights);
}
