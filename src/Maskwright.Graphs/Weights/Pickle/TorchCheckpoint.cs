using System.Numerics;
using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>Reads PyTorch checkpoints (.pth, .pt), both the zip archives of torch 1.6 and later and the older rows of pickles.</summary>
/// <remarks>What is obeyed and what is refused stands at <see cref="WeightFile.Open"/>.</remarks>
internal static class TorchCheckpoint
{
    private const long LongestPickle = 64 << 20;
    private const long LegacyProtocol = 1001;

    private static readonly BigInteger LegacyMagic = BigInteger.Parse("1950a86a20f9469cfc6c", System.Globalization.NumberStyles.HexNumber, null);

    internal static WeightFile ReadZip(string path, WeightMemory memory) => Guarded(path, () =>
    {
        var archive = ZipDirectory.Read(path, memory);
        var pickle = archive.Find("data.pkl") ?? throw new PickleException("the zip archive holds no data.pkl, so it is no PyTorch checkpoint");
        var folder = pickle.Name[..^"data.pkl".Length];
        CheckByteOrder(archive, folder);
        var storages = new TorchStorages(record => record.Load = archive.Locate($"{folder}data/{record.Key}", record.ByteCount));
        var root = Unpickle(archive.Load(pickle, LongestPickle), storages, out _);
        return Checkpoint(path, WeightFormat.TorchZip, memory, root);
    });

    internal static WeightFile ReadLegacy(string path, WeightMemory memory) => Guarded(path, () =>
    {
        var position = 0L;
        var storages = new TorchStorages(find: null);
        if (Next() is not BigInteger magic || magic != LegacyMagic)
        {
            throw new PickleException("this is a pickle, but not one that PyTorch wrote as a checkpoint");
        }

        CheckSystem(Next(), Next());
        var root = Next();
        var keys = Next();
        PlaceStorages(memory.Whole, position, keys, storages);
        return Checkpoint(path, WeightFormat.TorchLegacy, memory, root);

        object? Next()
        {
            var rest = memory.Whole.From(position);
            var value = Unpickle(rest.Slice(0, Math.Min(rest.Length, LongestPickle)), storages, out var length);
            position += length;
            return value;
        }
    });

    private static WeightFile Guarded(string path, Func<WeightFile> read)
    {
        try
        {
            return read();
        }
        catch (PickleException refusal)
        {
            throw new InvalidWeightsException(path, refusal.Message);
        }
    }

    private static object? Unpickle(MemoryRegion bytes, TorchStorages storages, out long length)
    {
        var reader = new PickleReader(bytes);
        var value = new PickleMachine(reader, TorchGlobals.Find, storages.Load).Run();
        length = reader.Position;
        return value;
    }

    private static WeightFile Checkpoint(string path, WeightFormat format, WeightMemory memory, object? root)
    {
        var (tensors, others) = StateDict.Find(root, memory);
        return new WeightFile(path, format, memory, tensors) { OtherEntries = others };
    }

    private static void CheckByteOrder(ZipDirectory archive, string folder)
    {
        if (archive.Find("byteorder") is { } entry && entry.Name == $"{folder}byteorder" && !archive.Load(entry, 16).Head(16).StartsWith("little"u8))
        {
            throw new PickleException("the checkpoint was written with the big end first, which is not read");
        }
    }

    private static void CheckSystem(object? protocol, object? system)
    {
        if (protocol is not LegacyProtocol)
        {
            throw new PickleException("the checkpoint is of an unknown version of PyTorch's legacy format");
        }

        if (system is not PickleDict facts || !facts.TryGet("little_endian", out var isLittle) || isLittle is not true)
        {
            throw new PickleException("the checkpoint was written with the big end first, which is not read");
        }
    }

    // After the pickles: for each key its number of elements (8 bytes) and the elements.
    private static void PlaceStorages(MemoryRegion file, long position, object? keys, TorchStorages storages)
    {
        foreach (var key in keys is PickleList list ? list.Items : throw new PickleException("the checkpoint lacks the list of its storages"))
        {
            var record = key is string text && storages.Records.TryGetValue(text, out var known) && known.Load is null
                ? known
                : throw new PickleException("the checkpoint lists a storage that no tensor uses, or lists it twice");
            position = Place(file, position, record);
        }

        if (storages.Records.Values.FirstOrDefault(record => record.Load is null) is { } lost)
        {
            throw new PickleException($"storage {ReadableName.Of(lost.Key)} is missing");
        }
    }

    private static long Place(MemoryRegion file, long position, TorchStorageRecord record)
    {
        const int countBytes = sizeof(long);
        if (record.ByteCount > file.Length - position - countBytes)
        {
            throw new PickleException($"storage {ReadableName.Of(record.Key)} should have {record.ByteCount} bytes, but the file ends before (is it cut off?)");
        }

        var elements = record.ByteCount / (record.Type?.ByteSize() ?? 1);
        if (file.UInt64(position) != (ulong)elements)
        {
            throw new PickleException($"storage {ReadableName.Of(record.Key)} should have {elements} elements, but {file.UInt64(position)} are announced");
        }

        var bytes = file.Slice(position + countBytes, record.ByteCount);
        record.Load = () => bytes;
        return position + countBytes + record.ByteCount;
    }
}
