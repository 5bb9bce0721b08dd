namespace Maskwright.Formats.Coco;

/// <summary>Where in a file the entries of every image stand, in 16 bytes an entry.</summary>
internal sealed class CocoEntryTable
{
    private const int ChunkBits = 16;
    private const int ChunkMask = (1 << ChunkBits) - 1;

    private readonly List<Entry[]> _chunks = [];
    private readonly Dictionary<long, int> _groups = [];
    private readonly List<int> _groupSizes = [];
    private int[] _order = [];
    private int[] _starts = [];

    /// <summary>The number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The images that entries name, in the order of their first entry.</summary>
    public IEnumerable<long> ImageIds => _groups.Keys;

    /// <summary>Adds the file's next entry.</summary>
    public void Add(long imageId, long offset, int length)
    {
        ref var group = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_groups, imageId, out var exists);
        if (!exists)
        {
            group = _groupSizes.Count;
            _groupSizes.Add(0);
        }

        _groupSizes[group]++;
        if ((Count & ChunkMask) == 0)
        {
            _chunks.Add(new Entry[1 << ChunkBits]);
        }

        _chunks[^1][Count & ChunkMask] = new Entry(offset, length, group);
        Count++;
    }

    /// <summary>Puts the entries of an image beside one another; call it after the last <see cref="Add"/>.</summary>
    public void Sort()
    {
        _starts = new int[_groupSizes.Count + 1];
        for (var i = 0; i < _groupSizes.Count; i++)
        {
            _starts[i + 1] = _starts[i] + _groupSizes[i];
        }

        _order = new int[Count];
        var next = _starts.AsSpan().ToArray();
        for (var entry = 0; entry < Count; entry++)
        {
            _order[next[this[entry].Group]++] = entry;
        }
    }

    /// <summary>The positions in the list of an image's entries, in the file's order; none for an image that no entry names.</summary>
    public ReadOnlySpan<int> Of(long imageId) =>
        _groups.TryGetValue(imageId, out var group) ? _order.AsSpan(_starts[group], _groupSizes[group]) : [];

    /// <summary>The entry at a position of the list.</summary>
    public Entry this[int position] => _chunks[position >> ChunkBits][position & ChunkMask];

    /// <summary>One entry: its first byte in the file, its length in bytes, and which image it names.</summary>
    internal readonly record struct Entry(long Offset, int Length, int Group);
}
