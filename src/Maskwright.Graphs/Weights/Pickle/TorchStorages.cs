using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>The storages that a checkpoint's persistent ids name: ('storage', type, key, location, count) and, in legacy files, a part of it.</summary>
/// <param name="find">Finds the bytes of a storage when it is first named; null where they are found later.</param>
internal sealed class TorchStorages(Action<TorchStorageRecord>? find)
{
    private readonly Dictionary<string, TorchStorageRecord> records = [];

    public IReadOnlyDictionary<string, TorchStorageRecord> Records => records;

    public object Load(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal { IsStorage: true } type, string key, _, long count, ..] items } || count < 0)
        {
            throw new PickleException("the checkpoint refers to something outside the pickle that is no storage");
        }

        var elementSize = type.Type?.ByteSize() ?? 1;
        var record = Record(key, type.Type, count <= long.MaxValue / elementSize ? count * elementSize : throw new PickleException($"storage {ReadableName.Of(key)} is too large"));
        return items.Length > 5 && items[5] is not null ? Part(record, items[5], elementSize) : new TorchStorage(record, 0, record.ByteCount);
    }

    private TorchStorageRecord Record(string key, ElementType? type, long byteCount)
    {
        StateDict.CheckName(key);
        if (records.TryGetValue(key, out var known))
        {
            return known.Type == type && known.ByteCount == byteCount ? known : throw new PickleException($"storage {ReadableName.Of(key)} is described twice, differently");
        }

        var record = new TorchStorageRecord(key, type, byteCount);
        find?.Invoke(record);
        return records[key] = record;
    }

    // (key of the view, first element, number of elements), written by PyTorch before 0.4.
    private static TorchStorage Part(TorchStorageRecord record, object? view, int elementSize)
    {
        var elements = record.ByteCount / elementSize;
        return view is PickleTuple { Items: [_, long first, long count] } && first >= 0 && count >= 0 && first <= elements && count <= elements - first
            ? new TorchStorage(record, first * elementSize, count * elementSize)
            : throw new PickleException($"a part of storage {ReadableName.Of(record.Key)} lies outside of it");
    }
}
