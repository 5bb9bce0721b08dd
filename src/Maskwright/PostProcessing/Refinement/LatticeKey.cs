namespace Maskwright.PostProcessing;

/// <summary>The first d coordinates of a lattice corner (all d + 1 sum to 0), packed: three to a word, 21 bits each, moved so that none is negative.</summary>
internal readonly record struct LatticeKey(ulong Low, ulong High)
{
    /// <summary>The largest coordinate, either sign.</summary>
    public const int MaxCoordinate = Offset - 16;

    private const int Offset = 1 << 20;
    private const int Bits = 21;

    /// <summary>Packs coordinates.</summary>
    public static LatticeKey Of(ReadOnlySpan<int> coordinates)
    {
        Span<ulong> words = [0, 0];
        for (var i = 0; i < coordinates.Length; i++)
        {
            words[i / 3] |= (ulong)(coordinates[i] + Offset) << (Bits * (i % 3));
        }

        return new LatticeKey(words[0], words[1]);
    }

    /// <summary>The way to the next corner in a direction, as a difference of keys: d ahead in it, one back in all others.</summary>
    public static LatticeKey Step(int direction, int dimensions)
    {
        var (zero, step) = (new int[dimensions], new int[dimensions]);
        Array.Fill(step, -1);
        if (direction < dimensions)
        {
            step[direction] = dimensions;
        }

        return Of(step).Subtract(Of(zero));
    }

    // Sums of packed words: coordinates keep clear of their fields' ends, so that carries out of a field cancel.
    public LatticeKey Add(LatticeKey other) => new(unchecked(Low + other.Low), unchecked(High + other.High));

    public LatticeKey Subtract(LatticeKey other) => new(unchecked(Low - other.Low), unchecked(High - other.High));

    public uint Hash() => (uint)(unchecked((Low * 0x9E3779B97F4A7C15) ^ (High * 0xC2B2AE3D27D4EB4F) ^ (Low >> 29)) >> 32);
}
