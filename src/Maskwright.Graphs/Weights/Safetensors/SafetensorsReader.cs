using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Safetensors;

/// <summary>Reads safetensors files: an 8-byte little-endian length, a JSON header, and the tensors' bytes without gaps.</summary>
/// <remarks>
/// Format: huggingface/safetensors, README. The rules of the reference reader hold: offsets in order of data leave no hole, do not overlap and end with the
/// file. Deviation: headers are limited to 16 MiB (reference 100 MB), so that a hostile header cannot claim much memory.
/// </remarks>
public static class SafetensorsReader
{
    internal const int LengthBytes = 8;
    private const int LongestHeader = 16 << 20;

    /// <summary>Opens a file that must be safetensors. The caller disposes the result.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidWeightsException">The file is not safetensors, or its header does not tell the truth.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static WeightFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var memory = WeightMemory.Map(path);
        try
        {
            return Read(path, memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    internal static WeightFile Read(string path, WeightMemory memory)
    {
        var file = memory.Whole;
        var headerLength = HeaderLength(path, file);
        var header = SafetensorsHeader.Parse(path, file.Span(LengthBytes, headerLength));
        var data = file.From(LengthBytes + headerLength);
        CheckOffsets(path, header.Entries, data.Length);
        var tensors = new OrderedDictionary<string, WeightTensor>(header.Entries.Count);
        foreach (var entry in header.Entries)
        {
            var bytes = data.Slice(entry.Begin, entry.End - entry.Begin);
            if (!tensors.TryAdd(entry.Name, new WeightTensor(entry.Name, entry.Type, entry.Shape, memory, () => bytes)))
            {
                throw Fault(path, $"{ReadableName.Of(entry.Name)} is given twice");
            }
        }

        return new WeightFile(path, WeightFormat.Safetensors, memory, tensors) { Metadata = header.Metadata };
    }

    private static int HeaderLength(string path, MemoryRegion file)
    {
        if (file.Length < LengthBytes)
        {
            throw new InvalidWeightsException(path, $"the file has only {file.Length} bytes, too few for a safetensors header");
        }

        var length = file.UInt64(0);
        if (length > (ulong)(file.Length - LengthBytes))
        {
            throw Fault(path, $"it claims {length} bytes, but the file has only {file.Length}");
        }

        return length <= LongestHeader ? (int)length : throw Fault(path, $"it has {length} bytes, more than the {LongestHeader} that are accepted");
    }

    private static void CheckOffsets(string path, List<SafetensorsEntry> entries, long dataLength)
    {
        var expected = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.End < entry.Begin || entry.End > dataLength)
            {
                throw Fault(path, $"{ReadableName.Of(entry.Name)} lies at bytes {entry.Begin} to {entry.End} of the data, which has {dataLength} bytes (is the file cut off?)");
            }

            if (entry.Begin != expected)
            {
                throw Fault(path, $"{ReadableName.Of(entry.Name)} starts at byte {entry.Begin} of the data where the tensor before it ends at {expected}");
            }

            CheckSize(path, entry);
            expected = entry.End;
        }

        if (expected != dataLength)
        {
            throw Fault(path, $"the tensors end at byte {expected} of the data, which has {dataLength} bytes");
        }
    }

    private static void CheckSize(string path, SafetensorsEntry entry)
    {
        var wanted = TensorSize.Bytes(entry.Shape, entry.Type);
        if (wanted != entry.End - entry.Begin)
        {
            var sizes = string.Join(", ", entry.Shape);
            throw Fault(path, $"{ReadableName.Of(entry.Name)} is {entry.Type} [{sizes}], which does not take the {entry.End - entry.Begin} bytes given to it");
        }
    }

    private static InvalidWeightsException Fault(string path, string reason) => new(path, $"the safetensors header is wrong: {reason}");
}
