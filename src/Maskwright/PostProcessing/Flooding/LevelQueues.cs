using System.Numerics;

namespace Maskwright.PostProcessing;

/// <summary>A queue for every level; the item that leaves is the first of the lowest level that holds one. Items and levels are small whole numbers.</summary>
internal sealed class LevelQueues
{
    private const int None = -1;

    private readonly int[] _first;
    private readonly int[] _last;
    private readonly int[] _next;
    private readonly ulong[][] _filled;

    public LevelQueues(int levels, int items)
    {
        (_first, _last, _next) = (new int[levels], new int[levels], new int[items]);
        Array.Fill(_first, None);
        var sizes = new List<int>();
        for (var size = levels; sizes.Count == 0 || size > 1;)
        {
            size = (size + 63) / 64;
            sizes.Add(size);
        }

        _filled = [.. sizes.Select(size => new ulong[Math.Max(1, size)])];
    }

    /// <summary>Puts an item at the end of a level's queue; no item may be in twice.</summary>
    public void Add(int item, int level)
    {
        _next[item] = None;
        if (_first[level] != None)
        {
            _next[_last[level]] = item;
            _last[level] = item;
            return;
        }

        _first[level] = _last[level] = item;
        for (int tier = 0, at = level; tier < _filled.Length; tier++, at >>= 6)
        {
            _filled[tier][at >> 6] |= 1UL << (at & 63);
        }
    }

    /// <summary>Takes the next item out; -1 when there is none.</summary>
    public int Take()
    {
        if (_filled[^1][0] == 0)
        {
            return None;
        }

        var level = 0;
        for (var tier = _filled.Length - 1; tier >= 0; tier--)
        {
            level = (level << 6) + BitOperations.TrailingZeroCount(_filled[tier][level]);
        }

        var item = _first[level];
        _first[level] = _next[item];
        if (_first[level] == None)
        {
            Clear(level);
        }

        return item;
    }

    private void Clear(int level)
    {
        for (int tier = 0, at = level; tier < _filled.Length; tier++, at >>= 6)
        {
            _filled[tier][at >> 6] &= ~(1UL << (at & 63));
            if (_filled[tier][at >> 6] != 0)
            {
                return;
            }
        }
    }
}
