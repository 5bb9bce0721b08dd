namespace Maskwright.Graphs;

/// <summary>A network with its weights, ready to run. May be used by several threads at once.</summary>
public interface IGraphRunner : IDisposable
{
    /// <summary>What goes in, by name.</summary>
    IReadOnlyDictionary<string, TensorType> Inputs { get; }

    /// <summary>The names of what comes out.</summary>
    IReadOnlyList<string> OutputNames { get; }

    /// <summary>Runs the network once.</summary>
    /// <param name="inputs">A tensor for every input.</param>
    /// <param name="outputs">The wanted outputs; null means all.</param>
    /// <param name="cancellationToken">Ends the run soon, between operations.</param>
    /// <returns>A tensor for every wanted output.</returns>
    /// <exception cref="ArgumentException">An input is missing, unknown, or of another shape than the network takes.</exception>
    IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string>? outputs = null, CancellationToken cancellationToken = default);
}
