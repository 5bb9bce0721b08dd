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
    /// <exception cref="NotSupportedException">The asked device is not there, or it cannot compute in the asked precision; says which can.</exception>
    public OnnxRuntimeEngine(OnnxRuntimeOptions? options = null)
    {
        _options = options ?? new OnnxRuntimeOptions();
        OnnxRuntimeDevices.Require(_options.Device);
        if (_options.Precision == OnnxPrecision.Int8)
        {
            RequireInt8(_options);
        }
    }

    /// <summary>The operators that run on kernels of this house.</summary>
    public static IReadOnlyList<string> Kernels => KernelDomain.Names;

    /// <inheritdoc/>
    public string Name => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <inheritdoc/>
    public string? Rounding => _options.Precision == OnnxPrecision.Int8 ? "int8" : null;

    /// <inheritdoc/>
    /// <remarks>One where another device than the processor does the work.</remarks>
    public int Threads => _options.Device != "cpu" ? 1 : _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount;

    /// <inheritdoc/>
    public IGraphEngine OnOneThread => Threads == 1 ? this : new OnnxRuntimeEngine(_options with { Threads = 1 });

    /// <inheritdoc/>
    public IGraphRunner Load(Graph graph, IReadOnlyDictionary<string, WeightTensor> weights)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        var kernels = _options.UseKernels && _options.Device == "cpu";
        var converted = new ConvertedWeights();
        try
        {
            using var session = CreateOptions();
            var tensors = graph.Parameters.ToDictionary(parameter => parameter.Name, parameter => ParameterWeights.Find(parameter, weights, graph));
            var bytes = _options.Precision == OnnxPrecision.Int8 ? new ByteLayers(graph, tensors, converted) : null;
            var model = OnnxLowering.Lower(graph, Opset, kernels, bytes);
            var used = model.Graph.Node.SelectMany(node => node.Input).ToHashSet();
            (string File, nint Address, long Length)[] files =
            [
                .. tensors.Where(tensor => used.Contains(tensor.Key)).Select(tensor => Attach(model, tensor.Key, ElementType.Float32, tensor.Value.Shape, converted.AddressOf(tensor.Value))),
                .. (bytes?.Tensors ?? []).Select(tensor => Attach(model, tensor.Name, tensor.Element, tensor.Sizes, tensor.Address)),
            ];
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
    /// <exception cref="NotSupportedException">Another precision than the exact one is asked for.</exception>
    public IGraphRunner Open(string path)
    {
        if (_options.Precision != OnnxPrecision.Float32)
        {
            throw new NotSupportedException($"{path}: a network that is given as an ONNX file runs in the precision in which it was saved, not in {Rounding}.");
        }

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

    private static (string File, nint Address, long Length) Attach(ModelProto model, string name, ElementType element, IReadOnlyList<long> sizes, nint address)
    {
        var length = sizes.Aggregate((long)element.ByteSize(), (product, size) => product * size);
        var proto = new TensorProto { Name = name, DataType = OnnxTypes.ToOnnx(element), DataLocation = TensorProto.Types.DataLocation.External };
        proto.Dims.AddRange(sizes);
        proto.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = name });
        proto.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "0" });
        proto.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        model.Graph.Initializer.Add(proto);
        return (name, address, length);
    }

    private static void RequireInt8(OnnxRuntimeOptions options)
    {
        if (!options.UseKernels || options.Device != "cpu")
        {
            throw new NotSupportedException($"int8 runs with kernels of this house on the processor, not on '{options.Device}'{(options.UseKernels ? string.Empty : " without them")}.");
        }

        if (!ProcessorInstructions.MultipliesBytes)
        {
            throw new NotSupportedException("int8 needs a processor that multiplies bytes (avx512_vnni, avx_vnni or amx_int8; dotprod on Arm), which this one does not: use fp32.");
        }
    }

    private SessionOptions CreateOptions()
    {
        var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.IntraOpNumThreads = _options.Threads;
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"); // threads that wait in a loop take the cores from those that work beside them
        OnnxRuntimeDevices.Select(options, _options.Device);
        return options;
    }
}
