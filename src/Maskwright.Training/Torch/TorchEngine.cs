using Maskwright.Graphs;
using Maskwright.Graphs.Weights;

namespace Maskwright.Training.Torch;

/// <summary>Runs graphs on libtorch: answers only; for gradients see <see cref="TorchGraph"/>.</summary>
public sealed class TorchEngine : IGraphEngine
{
    private readonly TorchEngineOptions _options;

    /// <summary>Loads libtorch and makes an engine.</summary>
    /// <param name="options">How to run; null means the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative.</exception>
    /// <exception cref="NotSupportedException">The device is not there.</exception>
    public TorchEngine(TorchEngineOptions? options = null)
    {
        _options = options ?? new TorchEngineOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Threads, nameof(options));
        TorchDevices.Require(_options.Device);
        if (_options.Threads > 0)
        {
            torch.set_num_threads(_options.Threads);
        }
    }

    /// <inheritdoc/>
    public string Name => $"libtorch {torch.__version__}";

    /// <inheritdoc/>
    public string? Rounding => _options.Precision == TorchPrecision.BFloat16 ? "bf16" : null;

    /// <inheritdoc/>
    /// <remarks>The weights are copied: they may be freed afterwards.</remarks>
    public IGraphRunner Load(Graph graph, IReadOnlyDictionary<string, WeightTensor> weights) =>
        new TorchRunner(new TorchGraph(graph, weights, new TorchGraphOptions { Precision = _options.Precision }, _options.Device));
}
