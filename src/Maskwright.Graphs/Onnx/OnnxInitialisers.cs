using Google.Protobuf;
using Maskwright.Graphs.Onnx.Schema;
using Maskwright.Graphs.Weights;

namespace Maskwright.Graphs.Onnx;

/// <summary>The numbers inside an ONNX file, without its graph.</summary>
public static class OnnxInitialisers
{
    /// <summary>Reads every float32 initialiser by its name in the file. The caller disposes the result.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidWeightsException">The file is no ONNX model, is damaged, or keeps its numbers in another file.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static WeightFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = File.OpenRead(path);
            var tensors = ModelProto.Parser.ParseFrom(file).Graph?.Initializer.Where(tensor => tensor.DataType == OnnxTypes.ToOnnx(ElementType.Float32)).ToList() ?? [];
            return tensors.Count > 0
                ? WeightFile.FromArrays(tensors.Select(tensor => (tensor.Name, (IReadOnlyList<long>)tensor.Dims, Values(tensor, path))), path)
                : throw new InvalidWeightsException(path, "this is no ONNX model with numbers in it");
        }
        catch (Exception fault) when (fault is InvalidProtocolBufferException or ArgumentException)
        {
            throw new InvalidWeightsException(path, "this is no ONNX model, or a damaged one", fault);
        }
    }

    private static float[] Values(TensorProto tensor, string path)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            throw new InvalidWeightsException(path, $"its tensor {tensor.Name} lies in another file");
        }

        if (tensor.RawData.IsEmpty)
        {
            return [.. tensor.FloatData];
        }

        var values = new float[tensor.RawData.Length / sizeof(float)];
        Buffer.BlockCopy(tensor.RawData.ToByteArray(), 0, values, 0, values.Length * sizeof(float)); // ONNX writes little-endian, as every processor here does
        return values;
    }
}
