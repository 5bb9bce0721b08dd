using Maskwright.Formats.Datasets;

namespace Maskwright.Cli.Verbs.Convert;

/// <summary>What was left out while reading, each thing once.</summary>
internal sealed class SkippedList
{
    /// <summary>More are counted, but not remembered.</summary>
    public const int MaxItems = 10_000;

    private readonly HashSet<SkippedItem> _known = [];
    private readonly List<SkippedItem> _items = [];

    /// <summary>The first <see cref="MaxItems"/>, in order.</summary>
    public IReadOnlyList<SkippedItem> Items => _items;

    /// <summary>All of them.</summary>
    public long Count { get; private set; }

    /// <summary>Those that are wrong, and not only unsuitable.</summary>
    public long FaultCount { get; private set; }

    public void Add(SkippedItem item)
    {
        if (_items.Count < MaxItems && !_known.Add(item))
        {
            return;
        }

        if (_items.Count < MaxItems)
        {
            _items.Add(item);
        }

        Count++;
        FaultCount += item.IsFault ? 1 : 0;
    }
}
