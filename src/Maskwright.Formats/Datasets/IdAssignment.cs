namespace Maskwright.Formats.Datasets;

/// <summary>Gives every item an id of its own: the one it has, unless another has it already, else the next free one.</summary>
internal sealed class IdAssignment
{
    private readonly IdSet _used = new();
    private long _next = 1;

    /// <summary>The id for an item.</summary>
    /// <param name="given">The id it has; null for none.</param>
    /// <param name="isKept">Whether the given id was kept, or there was none to keep.</param>
    public long Assign(long? given, out bool isKept)
    {
        isKept = true;
        if (given is { } id && _used.Add(id))
        {
            return id;
        }

        isKept = given is null;
        while (!_used.Add(_next))
        {
            _next++;
        }

        return _next++;
    }
}
