using System.Runtime.InteropServices;
using System.Text;
using Maskwright.Geometry;
using Maskwright.Graphs;

namespace Maskwright.Networks;

/// <summary>Embeddings as files: the image's size, then every tensor with its name and shape, little-endian.</summary>
internal static class EmbeddingFile
{
    private const string Magic = "maskwright-embedding-1";
    private const int MostElements = 1 << 26;

    public static void Write(ImageSize image, IReadOnlyDictionary<string, Tensor> tensors, Stream target)
    {
        using var writer = new BinaryWriter(target, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(image.Width);
        writer.Write(image.Height);
        writer.Write(tensors.Count);
        foreach (var (name, tensor) in tensors)
        {
            writer.Write(name);
            writer.Write(tensor.Shape.Count);
            foreach (var size in tensor.Shape)
            {
                writer.Write(size);
            }

            writer.Write(MemoryMarshal.AsBytes(tensor.Floats.AsSpan()));
        }
    }

    public static (ImageSize Image, IReadOnlyDictionary<string, Tensor> Tensors) Read(Stream source)
    {
        using var reader = new BinaryReader(source, Encoding.UTF8, leaveOpen: true);
        try
        {
            Require(reader.ReadString() == Magic, "it is not an embedding of this version");
            var image = new ImageSize(reader.ReadInt32(), reader.ReadInt32());
            Require(image.Width > 0 && image.Height > 0, "the image size is not positive");
            var count = reader.ReadInt32();
            Require(count is > 0 and <= 16, "the number of tensors is not plausible");
            var tensors = new Dictionary<string, Tensor>();
            for (var i = 0; i < count; i++)
            {
                tensors.Add(reader.ReadString(), ReadTensor(reader));
            }

            return (image, tensors);
        }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException("The embedding ends too early.", fault);
        }
    }

    private static Tensor ReadTensor(BinaryReader reader)
    {
        var rank = reader.ReadInt32();
        Require(rank is >= 0 and <= 8, "a tensor's rank is not plausible");
        var shape = new long[rank];
        var elements = 1L;
        for (var i = 0; i < rank; i++)
        {
            shape[i] = reader.ReadInt64();
            Require(shape[i] is > 0 and <= MostElements && (elements *= shape[i]) <= MostElements, "a tensor's size is not plausible");
        }

        var data = new float[elements];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(data.AsSpan()));
        return Tensor.Of(data, shape);
    }

    private static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvalidDataException($"The embedding cannot be read: {fault}.");
        }
    }
}
