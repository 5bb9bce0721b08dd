using Maskwright.Graphs;

namespace Maskwright.Training.Torch;

/// <summary>The sizes, in one run, of axes that a graph knows only by name.</summary>
internal sealed class SymbolSizes
{
    private readonly Dictionary<string, long> _sizes = [];

    /// <summary>Notes the sizes of a tensor's named axes.</summary>
    /// <exception cref="ArgumentException">The tensor is not of the declared shape.</exception>
    public void Bind(string name, TensorShape declared, long[] actual)
    {
        if (declared.Count != actual.Length || !declared.Zip(actual).All(pair => Fits(pair.First, pair.Second)))
        {
            throw new ArgumentException($"{name} is {declared}, not [{string.Join(", ", actual)}]{Known()}.");
        }
    }

    /// <summary>Notes the sizes of a result's named axes.</summary>
    public void Note(TensorShape declared, long[] actual)
    {
        foreach (var (dim, size) in declared.Zip(actual).Where(pair => pair.First.Size is null))
        {
            _sizes.TryAdd(dim.Name!, size); // an axis without size has a name
        }
    }

    /// <summary>The sizes of a shape in this run; -1 for one axis that no tensor had before.</summary>
    public long[] Resolve(TensorShape shape) => [.. shape.Select(dim => dim.Size ?? _sizes.GetValueOrDefault(dim.Name!, -1))]; // an axis without size has a name

    private bool Fits(Dim dim, long actual)
    {
        if (dim.Size is { } size)
        {
            return size == actual;
        }

        var isNew = _sizes.TryAdd(dim.Name!, actual); // an axis without size has a name
        return isNew || _sizes[dim.Name!] == actual;
    }

    private string Known() => _sizes.Count == 0 ? string.Empty : $" (in this run {string.Join(", ", _sizes.Select(pair => $"{pair.Key} = {pair.Value}"))})";
}
