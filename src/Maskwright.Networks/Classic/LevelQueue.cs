namespace Maskwright.Networks.Classic;

/// <summary>A priority queue for few levels: lowest level first, first in first out within a level.</summary>
/// <param name="levels">Levels 0 to levels-1.</param>
internal sealed class LevelQueue(int levels)
{
    private readonly Queue<int>[] _queues = [.. Enumerable.Range(0, levels).Select(_ => new Queue<int>())];
    private int _lowest = levels;

    /// <summary>Adds an item.</summary>
    public void Push(int item, int level)
    {
        _queues[level].Enqueue(item);
        _lowest = Math.Min(_lowest, level);
    }

    /// <summary>Takes the first item of the lowest level; false when none is left.</summary>
    public bool TryPop(out int item, out int level)
    {
        for (; _lowest < _queues.Length; _lowest++)
        {
            if (_queues[_lowest].TryDequeue(out item))
            {
                level = _lowest;
                return true;
            }
        }

        (item, level) = (0, 0);
        return false;
    }
}
