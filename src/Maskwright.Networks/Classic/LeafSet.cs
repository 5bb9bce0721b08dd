using System.Numerics;

namespace Maskwright.Networks.Classic;

/// <summary>A set of finest regions: the form in which masks are compared before they get pixels.</summary>
internal sealed class LeafSet
{
    private readonly ulong[] _words;

    /// <summary>Makes a set.</summary>
    /// <param name="leaves">The finest regions in it.</param>
    /// <param name="areas">The area of every finest region.</param>
    public LeafSet(ReadOnlySpan<int> leaves, int[] areas)
    {
        _words = new ulong[(areas.Length + 63) / 64];
        foreach (var leaf in leaves)
        {
            _words[leaf >> 6] |= 1UL << (leaf & 63);
            Area += areas[leaf];
        }
    }

    /// <summary>Pixels.</summary>
    public int Area { get; }

    /// <summary>Whether a finest region belongs to it.</summary>
    public bool Contains(int leaf) => (_words[leaf >> 6] >> (leaf & 63) & 1) != 0;

    /// <summary>Intersection over union, in pixels.</summary>
    public double Iou(LeafSet other, int[] areas)
    {
        long common = 0;
        for (var i = 0; i < _words.Length; i++)
        {
            for (var both = _words[i] & other._words[i]; both != 0; both &= both - 1)
            {
                common += areas[(i << 6) + BitOperations.TrailingZeroCount(both)];
            }
        }

        return common / (double)(Area + other.Area - common);
    }

    /// <summary>Whether the IoU is above a threshold; cheap where the areas already forbid it.</summary>
    public bool Resembles(LeafSet other, double iou, int[] areas) =>
        Math.Min(Area, other.Area) > iou * Math.Max(Area, other.Area) && Iou(other, areas) > iou;

    /// <summary>The finest regions in it, ascending.</summary>
    public IEnumerable<int> Leaves()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var word = _words[i]; word != 0; word &= word - 1)
            {
                yield return (i << 6) + BitOperations.TrailingZeroCount(word);
            }
        }
    }
}
