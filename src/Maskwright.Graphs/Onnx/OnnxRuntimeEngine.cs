using Google.Protobuf;
using Maskwright.Graphs.Onnx.Native;
using Maskwright.Graphs.Onnx.Schema;
using Maskwright.Graphs.Weights;
using Microsoft.ML.OnnxRuntime;

namespace Maskwright.Graphs.Onnx;

/// <summary>Runs graphs on ONNX Runtime; weights are read where they lie, in the mapped file.</summary>
public sealed class OnnxRuntimeEngine : IGraphEngine
{
    private const int Opset = 20;

    private static readonly Lock s_creation = new();

    private readonly OnnxRuntimeOptions _options;

    /// <summary>Prepares an engine.</summary>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <exception cref="NotSupportedException">The asked device is not there; says which are.</exception>
    public OnnxRuntimeEngine(OnnxRuntimeOptions? options = null)
    {
        _options = options ?? new OnnxRuntimeOptions();
        OnnxRuntimeDevices.Require(_options.Device);
    }

    /// <inheritdoc/>
    public string Name => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <inheritdoc/>
    public IGraphRunner Load(Graph graph, IReadOnlyDictionary<string, WeightTensor> weights)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        var kernels = _options.UseKernels && _options.Device == "cpu";
        var model = OnnxLowering.Lower(graph, Opset, kernels);
        var converted = new ConvertedWeights();
        try
        {
            using var session = CreateOptions();
            var files = graph.Parameters.Select(parameter => Attach(model, parameter, ParameterWeights.Find(parameter, weights, graph), converted)).ToArray();
            session.AddSessionConfigEntry("session.use_external_initializer_file_buffers_directly", "1");
            var handle = session.DangerousGetHandle();
            if (files.Length > 0)
            {
                OrtFunctions.AddExternalInitializers(handle, files);
            }

            if (kernels)
            {
                KernelDomain.AddTo(handle);
            }

            return new OnnxRuntimeRunner(Create(model.ToByteArray(), session), converted, weights);
        }
        catch
        {
            converted.Dispose();
            throw;
        }
    }

    /// <summary>Opens a network that is given as an ONNX file; its weights are in it or in files beside it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">The file is not an ONNX model that the runtime can run.</exception>
    public IGraphRunner Open(string path)
    {
        using var session = CreateOptions();
        try
        {
            return new OnnxRuntimeRunner(new InferenceSession(path, session), null, null);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new InvalidWeightsException(path, $"ONNX Runtime cannot run it: {fault.Message}", fault);
        }
    }

    // The runtime notes an operator domain in a table of the whole process, looking first and writing then: two sessions at once could both write, which it refuses.
    private static InferenceSession Create(byte[] model, SessionOptions options)
    {
        lock (s_creation)
        {
            return new InferenceSession(model, options);
        }
    }

    private static (string File, nint Address, long Length) Attach(ModelProto model, Parameter parameter, WeightTensor tensor, ConvertedWeights converted)
    {
        var address = converted.AddressOf(tensor);
        var length = tensor.ElementCount * sizeof(float);
        var proto = new TensorProto { Name = parameter.Name, DataType = OnnxTypes.ToOnnx(ElementType.Float32), DataLocation = TensorProto.Types.DataLocation.External };
        proto.Dims.AddRange(parameter.Shape.ToSizes());
        proto.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = parameter.Name });
        proto.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "0" });
        proto.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        model.Graph.Initializer.Add(proto);
        return (parameter.Name, address, length);
    }

    private SessionOptions CreateOptions()
    {
        var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.IntraOpNumThreads = _options.Threads;
        OnnxRuntimeDevices.Select(options, _options.Device);
        return options;
    }
}
