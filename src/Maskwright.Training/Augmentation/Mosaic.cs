using Maskwright.Training.Data;

namespace Maskwright.Training.Augmentation;

/// <summary>Puts four crops of half the side together, as in Bochkovskiy et al. 2020.</summary>
internal static class Mosaic
{
    /// <summary>Joins four crops.</summary>
    /// <param name="quarters">Top left, top right, bottom left, bottom right; each of side S/2.</param>
    /// <returns>A crop of side S.</returns>
    public static TrainingCrop Join(IReadOnlyList<TrainingCrop> quarters)
    {
        var half = quarters[0].Side;
        var side = half * 2;
        var layerCount = quarters.Max(quarter => quarter.Layers.Count);
        var joined = new TrainingCrop(
            side, new byte[side * side * 3], [.. Enumerable.Range(0, layerCount).Select(_ => new ushort[side * side])], quarters.All(quarter => quarter.IsExhaustive))
        {
            Sources = [.. quarters.SelectMany(quarter => quarter.Sources)],
        };
        var lastId = 0;
        for (var i = 0; i < quarters.Count; i++)
        {
            lastId = Place(joined, quarters[i], i % 2 * half, i / 2 * half, lastId);
        }

        return joined;
    }

    private static int Place(TrainingCrop joined, TrainingCrop quarter, int left, int top, int lastId)
    {
        var numbers = new Dictionary<ushort, ushort>();
        for (var y = 0; y < quarter.Side; y++)
        {
            int from = y * quarter.Side, to = ((top + y) * joined.Side) + left;
            quarter.Pixels.AsSpan(from * 3, quarter.Side * 3).CopyTo(joined.Pixels.AsSpan(to * 3));
            for (var layer = 0; layer < quarter.Layers.Count; layer++)
            {
                Renumber(quarter.Layers[layer].AsSpan(from, quarter.Side), joined.Layers[layer].AsSpan(to), numbers, lastId);
            }
        }

        foreach (var (old, id) in numbers)
        {
            joined.Classes[id] = quarter.ClassOf(old);
        }

        return lastId + numbers.Count;
    }

    private static void Renumber(ReadOnlySpan<ushort> source, Span<ushort> target, Dictionary<ushort, ushort> numbers, int lastId)
    {
        for (var x = 0; x < source.Length; x++)
        {
            var id = source[x];
            if (id is not (ObjectLayers.Nothing or ObjectLayers.Void) && !numbers.TryGetValue(id, out id))
            {
                numbers[source[x]] = id = (ushort)(lastId + numbers.Count + 1);
            }

            target[x] = id;
        }
    }
}
