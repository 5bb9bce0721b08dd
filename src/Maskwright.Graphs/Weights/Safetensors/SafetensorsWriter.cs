using System.Buffers.Binary;
using System.Text.Json;

namespace Maskwright.Graphs.Weights.Safetensors;

/// <summary>Writes safetensors files: the header names the tensors in the given order, the data keep every tensor aligned to its elements.</summary>
/// <remarks>Format: huggingface/safetensors, README. The header is padded with spaces to 8 bytes; wider elements stand before narrower ones.</remarks>
public static unsafe class SafetensorsWriter
{
    private const int HeaderAlignment = 8;
    private const int ChunkBytes = 1 << 26;

    /// <summary>Writes tensors to a temporary file beside the destination and moves it there; the data go straight from mapped memory to the file.</summary>
    /// <param name="path">The destination; replaced when it exists.</param>
    /// <param name="tensors">The tensors, each under its <see cref="WeightTensor.Name"/>.</param>
    /// <param name="metadata">Text entries for the header; null for none.</param>
    /// <param name="cancellation">Looked at between tensors; a cancelled run leaves no file.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, or one is called __metadata__.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Write(
        string path, IEnumerable<WeightTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var listed = CheckNames(tensors.ToList());
        var placed = listed.OrderByDescending(tensor => tensor.Type.ByteSize()).ToList();
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            WriteFile(temporary, Header(listed, Offsets(placed), metadata), placed, cancellation);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static List<WeightTensor> CheckNames(List<WeightTensor> tensors)
    {
        var names = new HashSet<string> { "__metadata__" };
        return tensors.Find(tensor => !names.Add(tensor.Name)) is { } bad
            ? throw new ArgumentException($"The name {bad.Name} cannot be given (again) to a tensor.", nameof(tensors))
            : tensors;
    }

    private static Dictionary<string, long> Offsets(List<WeightTensor> placed)
    {
        var offsets = new Dictionary<string, long>();
        var offset = 0L;
        foreach (var tensor in placed)
        {
            offsets[tensor.Name] = offset;
            offset = checked(offset + tensor.ByteLength);
        }

        return offsets;
    }

    private static byte[] Header(List<WeightTensor> tensors, Dictionary<string, long> offsets, IReadOnlyDictionary<string, string>? metadata)
    {
        using var text = new MemoryStream();
        text.Write(new byte[SafetensorsReader.LengthBytes]);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            tensors.ForEach(tensor => WriteEntry(json, tensor, offsets[tensor.Name]));
            json.WriteEndObject();
        }

        while (text.Length % HeaderAlignment != 0)
        {
            text.WriteByte((byte)' ');
        }

        var header = text.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - SafetensorsReader.LengthBytes));
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is { Count: > 0 })
        {
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, WeightTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsTypes.Name(tensor.Type));
        WriteNumbers(json, "shape", tensor.Shape);
        WriteNumbers(json, "data_offsets", [offset, offset + tensor.ByteLength]);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void WriteFile(string path, byte[] header, List<WeightTensor> tensors, CancellationToken cancellation)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(header);
        foreach (var tensor in tensors)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = (byte*)tensor.Address;
            for (var offset = 0L; offset < tensor.ByteLength; offset += ChunkBytes)
            {
                stream.Write(new ReadOnlySpan<byte>(start + offset, (int)Math.Min(ChunkBytes, tensor.ByteLength - offset)));
            }
        }

        stream.Flush(flushToDisk: true);
    }
}
