namespace Maskwright.Masks;

/// <summary>Run lengths to bits in time proportional to words plus runs plus columns: marks where a column changes, then carries every row into the next.</summary>
internal static class RunDecoder
{
    /// <summary>Sets the pixels of the runs in a mask that is still empty.</summary>
    /// <param name="counts">Run lengths, column-major, outside first; sum to the pixels of the mask.</param>
    /// <param name="mask">An empty mask.</param>
    public static void Decode(ReadOnlySpan<uint> counts, BinaryMask mask)
    {
        foreach (var segment in new ColumnSegments(counts, mask.Height))
        {
            Toggle(mask, segment.X, segment.Top);
            if (segment.Bottom < mask.Height)
            {
                Toggle(mask, segment.X, segment.Bottom);
            }
        }

        var words = mask.Words;
        var step = mask.WordsPerRow;
        for (var i = step; i < words.Length; i++)
        {
            words[i] ^= words[i - step];
        }
    }

    private static void Toggle(BinaryMask mask, int x, int y) => mask.Words[(y * mask.WordsPerRow) + (x >> 6)] ^= 1UL << (x & 63);
}
