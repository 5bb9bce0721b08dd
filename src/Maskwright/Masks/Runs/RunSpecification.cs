namespace Maskwright.Masks;

/// <summary>Run lengths pixel by pixel: the specification that <see cref="RunEncoder"/> and <see cref="RunDecoder"/> are tested against.</summary>
internal static class RunSpecification
{
    public static uint[] Encode(BinaryMask mask)
    {
        var counts = new List<uint>();
        var inside = false;
        uint run = 0;
        for (var x = 0; x < mask.Width; x++)
        {
            for (var y = 0; y < mask.Height; y++)
            {
                if (mask[x, y] != inside)
                {
                    counts.Add(run);
                    run = 0;
                    inside = !inside;
                }

                run++;
            }
        }

        counts.Add(run);
        return [.. counts];
    }

    public static void Decode(ReadOnlySpan<uint> counts, BinaryMask mask)
    {
        long position = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            for (var end = position + counts[i]; position < end; position++)
            {
                mask[(int)(position / mask.Height), (int)(position % mask.Height)] = i % 2 == 1;
            }
        }
    }
}
