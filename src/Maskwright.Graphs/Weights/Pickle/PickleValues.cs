namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>A dict or OrderedDict: pairs in the order they were set. Keys are compared only where a text key is looked up.</summary>
internal sealed class PickleDict
{
    public List<(object? Key, object? Value)> Items { get; } = [];

    /// <summary>The value set last under a text key.</summary>
    public bool TryGet(string key, out object? value)
    {
        var index = Items.FindLastIndex(item => item.Key is string text && text == key);
        value = index < 0 ? null : Items[index].Value;
        return index >= 0;
    }
}

/// <summary>A tuple, or a torch.Size.</summary>
internal sealed record PickleTuple(object?[] Items)
{
    public static PickleTuple Empty { get; } = new([]);
}

/// <summary>A list or set.</summary>
internal sealed class PickleList
{
    public List<object?> Items { get; } = [];

    /// <summary>Whether an OrderedDict was made of it; only one may be, or few instructions would fill the memory with copies.</summary>
    public bool IsTaken { get; set; }
}

/// <summary>Something harmless that no weights are made of: a numpy scalar, a device.</summary>
internal sealed class PickleOpaque
{
    public static PickleOpaque Instance { get; } = new();
}

/// <summary>A name that a pickle may ask for, and what calling it does here; null where it is only named.</summary>
internal sealed record PickleGlobal(string FullName, Func<object?[], object?>? Call, ElementType? Type = null, bool IsStorage = false);
