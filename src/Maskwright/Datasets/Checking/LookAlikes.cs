namespace Maskwright.Datasets.Checking;

/// <summary>Finds pictures that look alike among many, without comparing each with each.</summary>
/// <remarks>
/// A fingerprint is kept under each of its 16 bytes. Two fingerprints at most <see cref="MaxDistance"/> bits apart share at least one byte,
/// since that many differing bits cannot touch all sixteen.
/// </remarks>
public sealed class LookAlikes
{
    /// <summary>The largest distance that can be asked for.</summary>
    public const int MaxDistance = Bytes - 1;

    private const int Bytes = PerceptualHash.Bits / 8;

    private readonly List<PerceptualHash> _hashes = [];
    private readonly List<int>[] _buckets = [.. Enumerable.Range(0, Bytes * 256).Select(_ => new List<int>())];

    /// <summary>The number of fingerprints kept.</summary>
    public int Count => _hashes.Count;

    /// <summary>Keeps a fingerprint.</summary>
    /// <param name="hash">The fingerprint.</param>
    /// <returns>Its index, counted from 0.</returns>
    public int Add(PerceptualHash hash)
    {
        var index = _hashes.Count;
        _hashes.Add(hash);
        for (var i = 0; i < Bytes; i++)
        {
            _buckets[Bucket(hash, i)].Add(index);
        }

        return index;
    }

    /// <summary>Finds those kept that look like this one.</summary>
    /// <param name="hash">The fingerprint.</param>
    /// <param name="maxDistanceBits">In how many bits they may differ, 0 to <see cref="MaxDistance"/>.</param>
    /// <returns>Indices and distances in bits, nearest first, then in the order in which they were added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative or over <see cref="MaxDistance"/>.</exception>
    public IReadOnlyList<(int Index, int DistanceBits)> Find(PerceptualHash hash, int maxDistanceBits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistanceBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDistanceBits, MaxDistance);
        var found = new SortedSet<(int DistanceBits, int Index)>();
        for (var i = 0; i < Bytes; i++)
        {
            foreach (var index in _buckets[Bucket(hash, i)])
            {
                var distance = hash.Distance(_hashes[index]);
                if (distance <= maxDistanceBits)
                {
                    found.Add((distance, index));
                }
            }
        }

        return [.. found.Select(pair => (pair.Index, pair.DistanceBits))];
    }

    private static int Bucket(PerceptualHash hash, int position) =>
        (position * 256) + (int)((position < Bytes / 2 ? hash.Frequencies : hash.Gradients) >> (position % (Bytes / 2) * 8) & 0xFF);
}
