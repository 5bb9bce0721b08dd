namespace Maskwright.Formats.Datasets;

/// <summary>A set of ids that stays small where they lie close together: 256 neighbouring ids share one entry.</summary>
internal sealed class IdSet
{
    private readonly Dictionary<long, Page> _pages = [];

    /// <summary>Adds an id.</summary>
    /// <returns>False when it was there before.</returns>
    public bool Add(long id)
    {
        ref var page = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_pages, id >> 8, out _);
        return page.Add((int)(id & 255));
    }

    /// <summary>Whether an id is there.</summary>
    public bool Contains(long id) => _pages.TryGetValue(id >> 8, out var page) && page.Contains((int)(id & 255));

    [System.Runtime.CompilerServices.InlineArray(4)]
    private struct Words
    {
        private ulong _first;
    }

    private struct Page
    {
        private Words _words;

        public bool Add(int bit)
        {
            var isNew = !Contains(bit);
            _words[bit >> 6] |= 1UL << (bit & 63);
            return isNew;
        }

        public readonly bool Contains(int bit) => (_words[bit >> 6] >> (bit & 63) & 1) != 0;
    }
}
