namespace Maskwright.PostProcessing;

/// <summary>Replaces heights by their place among all heights, so that queues can be found by number.</summary>
internal static class ElevationRanks
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;

    /// <summary>Ranks heights: equal heights have equal ranks, from 0 up without gaps.</summary>
    /// <param name="heights">No NaN.</param>
    /// <param name="ranks">To fill.</param>
    /// <returns>The number of different heights.</returns>
    public static int Fill(ReadOnlySpan<float> heights, Span<int> ranks)
    {
        var (keys, order) = (new uint[heights.Length], new int[heights.Length]);
        for (var i = 0; i < heights.Length; i++)
        {
            (keys[i], order[i]) = (Sortable(heights[i]), i);
        }

        var (sortedKeys, sortedOrder) = (new uint[keys.Length], new int[keys.Length]);
        for (var shift = 0; shift < 32; shift += Bits)
        {
            Pass(keys, order, sortedKeys, sortedOrder, shift);
            (keys, order, sortedKeys, sortedOrder) = (sortedKeys, sortedOrder, keys, order);
        }

        var rank = -1;
        for (var i = 0; i < keys.Length; i++)
        {
            rank += i == 0 || keys[i] != keys[i - 1] ? 1 : 0;
            ranks[order[i]] = rank;
        }

        return rank + 1;
    }

    // Numbers in the order of the heights; minus zero is zero.
    private static uint Sortable(float height)
    {
        var bits = BitConverter.SingleToUInt32Bits(height + 0f);
        return (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
    }

    // One round of a stable sort by some of the bits.
    private static void Pass(uint[] keys, int[] order, uint[] toKeys, int[] toOrder, int shift)
    {
        Span<int> starts = stackalloc int[Buckets];
        starts.Clear();
        foreach (var key in keys)
        {
            starts[(int)(key >> shift & (Buckets - 1))]++;
        }

        for (int bucket = 0, sum = 0; bucket < Buckets; bucket++)
        {
            (starts[bucket], sum) = (sum, sum + starts[bucket]);
        }

        for (var i = 0; i < keys.Length; i++)
        {
            var to = starts[(int)(keys[i] >> shift & (Buckets - 1))]++;
            (toKeys[to], toOrder[to]) = (keys[i], order[i]);
        }
    }
}
