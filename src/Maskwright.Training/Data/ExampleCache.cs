namespace Maskwright.Training.Data;

/// <summary>Keeps decoded examples in memory until a limit is reached; what comes later is decoded each time.</summary>
/// <remarks>What is kept changes no result, only the time it takes. For one thread.</remarks>
internal sealed class ExampleCache(IReadOnlyList<TrainingExample> examples, long maxBytes)
{
    private readonly LabelledPhoto?[] _kept = new LabelledPhoto?[examples.Count];
    private long _bytes;

    public string NameOf(int index) => examples[index].Name;

    public LabelledPhoto this[int index]
    {
        get
        {
            if (_kept[index] is { } kept)
            {
                return kept;
            }

            var loaded = examples[index].Load();
            if (_bytes + loaded.Bytes <= maxBytes)
            {
                _bytes += loaded.Bytes;
                _kept[index] = loaded;
            }

            return loaded;
        }
    }
}
