using Microsoft.ML.OnnxRuntime;

namespace Maskwright.Graphs.Onnx;

/// <summary>A network in an ONNX Runtime session.</summary>
internal sealed class OnnxRuntimeRunner : IGraphRunner
{
    private readonly InferenceSession _session;
    private readonly IDisposable? _owned;
    private readonly object? _borrowed;

    /// <param name="session">Owned.</param>
    /// <param name="owned">Memory that the session reads, freed after it.</param>
    /// <param name="borrowed">Kept reachable while the session reads it.</param>
    public OnnxRuntimeRunner(InferenceSession session, IDisposable? owned, object? borrowed)
    {
        _session = session;
        Inputs = session.InputMetadata.ToDictionary(pair => pair.Key, pair => OnnxTypes.FromMetadata(pair.Value));
        _owned = owned;
        _borrowed = borrowed;
    }

    public IReadOnlyDictionary<string, TensorType> Inputs { get; }

    public IReadOnlyList<string> OutputNames => _session.OutputNames;

    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string>? outputs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        cancellationToken.ThrowIfCancellationRequested();
        CheckNames(inputs);
        var wanted = outputs ?? OutputNames;
        var values = inputs.ToDictionary(pair => pair.Key, pair => Wrap(pair.Value));
        try
        {
            using var options = new RunOptions();
            using var registration = cancellationToken.Register(() => options.Terminate = true);
            using var results = _session.Run(options, values, wanted);
            GC.KeepAlive(_borrowed);
            return wanted.Select((name, i) => (name, Tensor: Copy(results[i]))).ToDictionary(pair => pair.name, pair => pair.Tensor);
        }
        catch (OnnxRuntimeException fault) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was cancelled.", fault, cancellationToken);
        }
        catch (OnnxRuntimeException fault) when (fault.Message.Contains("INVALID_ARGUMENT", StringComparison.OrdinalIgnoreCase) || fault.Message.Contains("Got invalid dimensions", StringComparison.Ordinal))
        {
            throw new ArgumentException(fault.Message, nameof(inputs), fault);
        }
        finally
        {
            foreach (var value in values.Values)
            {
                value.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _owned?.Dispose();
    }

    private void CheckNames(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var missing = Inputs.Keys.Where(name => !inputs.ContainsKey(name)).ToArray();
        var unknown = inputs.Keys.Except(Inputs.Keys).ToArray();
        if (missing.Length + unknown.Length > 0)
        {
            throw new ArgumentException($"The network takes {string.Join(", ", Inputs.Keys)}; missing: {List(missing)}; unknown: {List(unknown)}.", nameof(inputs));
        }

        static string List(string[] names) => names.Length == 0 ? "none" : string.Join(", ", names);
    }

    private static OrtValue Wrap(Tensor tensor) => tensor.Data switch
    {
        float[] floats => OrtValue.CreateTensorValueFromMemory(floats, [.. tensor.Shape]),
        long[] integers => OrtValue.CreateTensorValueFromMemory(integers, [.. tensor.Shape]),
        _ => throw new NotSupportedException($"Tensors of {tensor.Type} cannot go into a network."),
    };

    private static Tensor Copy(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        return info.ElementDataType switch
        {
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float => Tensor.Of(value.GetTensorDataAsSpan<float>().ToArray(), info.Shape),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 => Tensor.Of(value.GetTensorDataAsSpan<long>().ToArray(), info.Shape),
            var other => throw new NotSupportedException($"Results of {other} are not read."),
        };
    }
}
