namespace Maskwright.Training.Data;

/// <summary>Keeps decoded examples in memory until a limit is reached; what comes later is decoded each time.</summary>
/// <remarks>What is kept changes no result, only the time it takes. For any number of threads; two that want the same at once may both decode it.</remarks>
internal sealed class ExampleCache(IReadOnlyList<TrainingExample> examples, long maxBytes)
{
    private readonly LabelledPhoto?[] _kept = new LabelledPhoto?[examples.Count];
    private readonly Lock _lock = new();
    private long _bytes;

    public string NameOf(int index) => examples[index].Name;

    public LabelledPhoto this[int index] => Volatile.Read(ref _kept[index]) ?? Keep(index, examples[index].Load());

    private LabelledPhoto Keep(int index, LabelledPhoto loaded)
    {
        lock (_lock)
        {
            if (_kept[index] is { } kept)
            {
                return kept;
            }

            if (_bytes + loaded.Bytes <= maxBytes)
            {
                _bytes += loaded.Bytes;
                Volatile.Write(ref _kept[index], loaded);
            }

            return loaded;
        }
    }
}
