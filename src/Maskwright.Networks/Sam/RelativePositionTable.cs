namespace Maskwright.Networks.Sam;

/// <summary>Tables of learned relative positions, [2S-1,c] for a side of S cells.</summary>
/// <remarks>segment-anything <c>get_rel_pos</c> at dca509f: the only part of SAM that adapts to another resolution.</remarks>
internal static class RelativePositionTable
{
    /// <summary>Stretches a table to another length, linearly between entries, their centres half an entry from the ends.</summary>
    /// <param name="table">[L,c].</param>
    /// <param name="channels">c.</param>
    /// <param name="length">The new L.</param>
    /// <returns>[length,c].</returns>
    public static float[] Resize(ReadOnlySpan<float> table, int channels, int length)
    {
        var entries = table.Length / channels;
        if (entries == length)
        {
            return table.ToArray();
        }

        var resized = new float[length * channels];
        var scale = (float)entries / length;
        for (var i = 0; i < length; i++)
        {
            var source = Math.Max(0, (scale * (i + 0.5f)) - 0.5f);
            var first = Math.Min((int)source, entries - 1);
            var second = Math.Min(first + 1, entries - 1);
            var weight = source - first;
            for (var c = 0; c < channels; c++)
            {
                resized[(i * channels) + c] = (table[(first * channels) + c] * (1 - weight)) + (table[(second * channels) + c] * weight);
            }
        }

        return resized;
    }

    /// <summary>The entry for every pair of a query row and a key row, on grids that may differ in size.</summary>
    /// <param name="table">[L,c]; stretched where L does not fit the larger grid.</param>
    /// <param name="channels">c.</param>
    /// <param name="queries">Rows of the query grid.</param>
    /// <param name="keys">Rows of the key grid.</param>
    /// <returns>[queries,keys,c].</returns>
    public static float[] Gather(ReadOnlySpan<float> table, int channels, int queries, int keys)
    {
        var fitted = Resize(table, channels, (2 * Math.Max(queries, keys)) - 1);
        var gathered = new float[queries * keys * channels];
        var (queryStep, keyStep) = (Math.Max((double)keys / queries, 1), Math.Max((double)queries / keys, 1));
        for (var q = 0; q < queries; q++)
        {
            for (var k = 0; k < keys; k++)
            {
                var index = (int)((q * queryStep) - (k * keyStep) + ((keys - 1) * keyStep));
                fitted.AsSpan(index * channels, channels).CopyTo(gathered.AsSpan(((q * keys) + k) * channels));
            }
        }

        return gathered;
    }
}
