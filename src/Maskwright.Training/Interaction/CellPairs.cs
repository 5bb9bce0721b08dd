using Maskwright.Training.Data;

namespace Maskwright.Training.Interaction;

/// <summary>Pairs of cells of a crop, and whether both show the same object.</summary>
/// <param name="Cells">[K] positions on the level's grid, row by row.</param>
/// <param name="Same">[K,K] 1 for the same object, else 0.</param>
/// <param name="Known">[K,K] 1 where that is known.</param>
internal sealed record CellPairs(long[] Cells, float[] Same, float[] Known)
{
    /// <summary>Draws cells and compares what they show in the first layer.</summary>
    /// <param name="crop">The crop.</param>
    /// <param name="stride">Crop pixels a cell.</param>
    /// <param name="count">K.</param>
    /// <param name="random">Draws the cells; one may come twice.</param>
    public static CellPairs Draw(TrainingCrop crop, int stride, int count, SampleRandom random)
    {
        var width = crop.Side / stride;
        var layer = crop.Layers[0];
        var (cells, ids) = (new long[count], new ushort[count]);
        for (var i = 0; i < count; i++)
        {
            int x = random.Next(width), y = random.Next(width);
            cells[i] = ((long)y * width) + x;
            ids[i] = layer[(((y * stride) + (stride / 2)) * crop.Side) + (x * stride) + (stride / 2)];
        }

        // Objects before a common background are often of one kind and look alike: what separates them is the ground between them.
        var comparesObjects = !crop.IsExhaustive || !ids.Contains(ObjectLayers.Nothing);
        var (same, known) = (new float[count * count], new float[count * count]);
        for (int a = 0, at = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++, at++)
            {
                same[at] = ids[a] == ids[b] ? 1 : 0;
                known[at] = a != b && IsKnown(ids[a], ids[b], crop.IsExhaustive, comparesObjects) ? 1 : 0;
            }
        }

        return new CellPairs(cells, same, known);
    }

    private static bool IsKnown(ushort a, ushort b, bool isExhaustive, bool comparesObjects) => (a, b) switch
    {
        (ObjectLayers.Void, _) or (_, ObjectLayers.Void) => false,
        (ObjectLayers.Nothing, ObjectLayers.Nothing) => isExhaustive,
        (ObjectLayers.Nothing, _) or (_, ObjectLayers.Nothing) => true,
        _ => a == b || comparesObjects,
    };
}
