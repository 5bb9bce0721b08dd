namespace Maskwright.Networks.Classic;

/// <summary>Borders by cost, cheapest first; of equal costs the lower border. A cost may change at any time.</summary>
/// <remarks>A heap of four children a node that knows each border's place, so that a changed cost moves its border instead of leaving a stale entry behind.</remarks>
/// <param name="borders">Borders 0 to borders-1.</param>
internal sealed class BorderQueue(int borders)
{
    private const int Children = 4;

    private readonly ulong[] _heap = new ulong[borders];
    private readonly int[] _places = Absent(borders);
    private int _count;

    /// <summary>Adds a border, or gives it another cost.</summary>
    /// <param name="border">0 to borders-1.</param>
    /// <param name="cost">Not negative, so that its bits are in the order of its value.</param>
    public void Set(int border, float cost)
    {
        var key = ((ulong)BitConverter.SingleToUInt32Bits(cost) << 32) | (uint)border;
        var place = _places[border];
        if (place < 0)
        {
            place = _count++;
        }

        Settle(place, key);
    }

    /// <summary>Takes a border out; one that is not there is none to take.</summary>
    public void Remove(int border)
    {
        var place = _places[border];
        if (place < 0)
        {
            return;
        }

        _places[border] = -1;
        var last = _heap[--_count];
        if (place < _count)
        {
            Settle(place, last);
        }
    }

    /// <summary>Takes the cheapest border out; false when none is left.</summary>
    public bool TryTake(out int border)
    {
        border = _count == 0 ? -1 : BorderOf(_heap[0]);
        if (border >= 0)
        {
            Remove(border);
        }

        return border >= 0;
    }

    private static int BorderOf(ulong key) => (int)(uint)key;

    private static int[] Absent(int borders)
    {
        var places = new int[borders];
        Array.Fill(places, -1);
        return places;
    }

    // Finds the place of a key that may go at a place or above or below it.
    private void Settle(int place, ulong key)
    {
        while (place > 0 && key < _heap[(place - 1) / Children])
        {
            var parent = (place - 1) / Children;
            Put(place, _heap[parent]);
            place = parent;
        }

        for (var child = Least(place); child >= 0 && _heap[child] < key; child = Least(place))
        {
            Put(place, _heap[child]);
            place = child;
        }

        Put(place, key);
    }

    private int Least(int place)
    {
        var first = (place * Children) + 1;
        if (first >= _count)
        {
            return -1;
        }

        var least = first;
        for (var child = first + 1; child < Math.Min(first + Children, _count); child++)
        {
            least = _heap[child] < _heap[least] ? child : least;
        }

        return least;
    }

    private void Put(int place, ulong key)
    {
        _heap[place] = key;
        _places[BorderOf(key)] = place;
    }
}
