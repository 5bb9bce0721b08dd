using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Maskwright.Graphs.Tests.Weights;

/// <summary>Writes pickles instruction by instruction, and the files PyTorch would put them into.</summary>
internal sealed class PickleText
{
    private readonly List<byte> bytes = [];

    public static PickleText Protocol(byte version) => new PickleText().Raw(0x80, version);

    public byte[] ToArray() => [.. bytes];

    public PickleText Raw(params ReadOnlySpan<byte> more)
    {
        bytes.AddRange(more);
        return this;
    }

    /// <summary>Instructions that are letters, as they stand.</summary>
    public PickleText Letters(string letters) => Raw(Encoding.Latin1.GetBytes(letters));

    public PickleText Unicode(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Letters("X").Length(utf8.Length).Raw(utf8);
    }

    public PickleText Length(int length)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, length);
        return Raw(four);
    }

    public PickleText Number(int value) => Letters("J").Length(value);

    public PickleText Global(string module, string name) => Letters($"c{module}\n{name}\n");

    public PickleText Tuple(params int[] numbers)
    {
        Letters("(");
        foreach (var number in numbers)
        {
            Number(number);
        }

        return Letters("t");
    }

    /// <summary>The call that describes a tensor over a storage.</summary>
    public PickleText Tensor(string storageType, string key, int elements, int offset, int[] shape, int[] strides)
        => Global("torch._utils", "_rebuild_tensor_v2").Letters("(").Storage(storageType, key, elements).Number(offset).Tuple(shape).Tuple(strides)
            .Raw(0x89).Global("collections", "OrderedDict").Letters(")RtR");

    public PickleText Storage(string type, string key, int elements)
        => Letters("(").Unicode("storage").Global("torch", type).Unicode(key).Unicode("cpu").Number(elements).Letters("tQ");

    /// <summary>A checkpoint {"w": tensor} whose tensor is described by the arguments.</summary>
    public static byte[] OneTensor(string storageType, string key, int elements, int offset, int[] shape, int[] strides)
        => Protocol(2).Letters("}").Unicode("w").Tensor(storageType, key, elements, offset, shape, strides).Letters("s.").ToArray();

    /// <summary>A zip archive with data.pkl and storages, as torch.save makes it.</summary>
    public static byte[] Zip(byte[] pickle, params (string Name, byte[] Bytes)[] others) => Zip(CompressionLevel.NoCompression, pickle, others);

    public static byte[] Zip(CompressionLevel level, byte[] pickle, params (string Name, byte[] Bytes)[] others)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in others.Prepend(("data.pkl", pickle)))
            {
                using var entry = archive.CreateEntry($"archive/{name}", level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The legacy format: magic number, version, system, the pickle, and the keys of no storages.</summary>
    public static byte[] Legacy(byte[] pickle, bool isLittleEndian = true) =>
    [
        0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.',
        .. Protocol(2).Number(1001).Letters(".").ToArray(),
        .. Protocol(2).Letters("}").Unicode("little_endian").Raw(isLittleEndian ? (byte)0x88 : (byte)0x89).Letters("s.").ToArray(),
        .. pickle,
        .. Protocol(2).Letters("].").ToArray(),
    ];
}
