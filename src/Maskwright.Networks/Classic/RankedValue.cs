namespace Maskwright.Networks.Classic;

/// <summary>The value at a place of the sorted order, without sorting all.</summary>
internal static class RankedValue
{
    private const int Buckets = 1024;

    /// <summary>Finds it: values are counted by size, then only those of one bucket are sorted.</summary>
    /// <param name="values">At least one; finite.</param>
    /// <param name="rank">0 for the least value.</param>
    public static float Of(ReadOnlySpan<float> values, int rank)
    {
        float low = values[0], high = values[0];
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        if (low == high)
        {
            return low;
        }

        var scale = (Buckets - 1) / (high - low);
        var counts = new int[Buckets];
        foreach (var value in values)
        {
            counts[Bucket(value)]++;
        }

        var bucket = 0;
        for (; rank >= counts[bucket]; bucket++)
        {
            rank -= counts[bucket];
        }

        var same = new List<float>(counts[bucket]);
        foreach (var value in values)
        {
            if (Bucket(value) == bucket)
            {
                same.Add(value);
            }
        }

        same.Sort();
        return same[rank];

        int Bucket(float value) => (int)((value - low) * scale);
    }
}
