using System.Globalization;
using Google.Protobuf;
using Maskwright.Graphs.Onnx.Schema;
using Maskwright.Graphs.Weights;

namespace Maskwright.Graphs.Onnx;

/// <summary>Saves a graph with its weights for anyone's ONNX runtime: standard operators only.</summary>
public static class OnnxWriter
{
    private const int DataAlignment = 64;

    /// <summary>Writes a model; nothing is left behind when it fails.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">A tensor for every parameter, by name and of its shape.</param>
    /// <param name="path">The file to write; weights too large for it go into <c>path.data</c> beside it.</param>
    /// <param name="options">How to save; null for the defaults.</param>
    /// <exception cref="WeightMismatchException">A parameter has no tensor, or one of another shape.</exception>
    public static void Write(Graph graph, IReadOnlyDictionary<string, WeightTensor> weights, string path, OnnxWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        options ??= new OnnxWriterOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Opset, 17, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Opset, 21, nameof(options));
        var model = OnnxLowering.Lower(graph, options.Opset, kernels: false);
        var tensors = graph.Parameters.Select(p => (Parameter: p, Tensor: ParameterWeights.Find(p, weights, graph))).ToArray();
        var isInline = tensors.Sum(t => t.Tensor.ElementCount * sizeof(float)) <= options.InlineLimitBytes;
        var (temporary, temporaryData) = ($"{path}.part", $"{path}.data.part");
        try
        {
            if (isInline)
            {
                model.Graph.Initializer.AddRange(tensors.Select(t => Inline(t.Parameter, t.Tensor)));
            }
            else
            {
                using var data = File.Create(temporaryData);
                model.Graph.Initializer.AddRange(tensors.Select(t => External(t.Parameter, t.Tensor, data, Path.GetFileName(path) + ".data")).ToArray());
            }

            using (var file = File.Create(temporary))
            {
                model.WriteTo(file);
            }

            if (!isInline)
            {
                File.Move(temporaryData, $"{path}.data", overwrite: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
            File.Delete(temporaryData);
        }
    }

    private static TensorProto Describe(Parameter parameter)
    {
        var proto = new TensorProto { Name = parameter.Name, DataType = OnnxTypes.ToOnnx(ElementType.Float32) };
        proto.Dims.AddRange(parameter.Shape.ToSizes());
        return proto;
    }

    private static TensorProto Inline(Parameter parameter, WeightTensor tensor)
    {
        var proto = Describe(parameter);
        proto.RawData = UnsafeByteOperations.UnsafeWrap(Floats(tensor));
        return proto;
    }

    private static TensorProto External(Parameter parameter, WeightTensor tensor, FileStream data, string location)
    {
        data.Position = (data.Position + DataAlignment - 1) / DataAlignment * DataAlignment;
        var proto = Describe(parameter);
        var bytes = Floats(tensor);
        proto.DataLocation = TensorProto.Types.DataLocation.External;
        proto.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        proto.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = data.Position.ToString(CultureInfo.InvariantCulture) });
        proto.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = bytes.Length.ToString(CultureInfo.InvariantCulture) });
        data.Write(bytes);
        return proto;
    }

    private static byte[] Floats(WeightTensor tensor)
    {
        var bytes = new byte[tensor.ElementCount * sizeof(float)];
        tensor.CopyToFloat32(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        return bytes;
    }
}
