using Maskwright.Training.Data;

namespace Maskwright.Training.Interaction;

/// <summary>What the encoder's auxiliary maps should say of a crop: where objects end, and where their middles are.</summary>
/// <param name="Boundary">[S/4,S/4] 1 where objects meet or end, else 0.</param>
/// <param name="BoundaryKnown">[S/4,S/4] 1 where this is known.</param>
/// <param name="Objectness">[S/8,S/8] 1 in the middle of an object, falling to 0 at its edge and outside.</param>
/// <param name="ObjectnessKnown">[S/8,S/8] 1 where this is known.</param>
internal sealed record DenseTargets(float[] Boundary, float[] BoundaryKnown, float[] Objectness, float[] ObjectnessKnown)
{
    private const int Stride = 4;

    /// <summary>Works out the maps of a crop.</summary>
    public static DenseTargets Of(TrainingCrop crop)
    {
        var width = crop.Side / Stride;
        var (boundary, boundaryKnown) = (new float[width * width], new float[width * width]);
        var (middle, middleKnown) = (new float[width * width], new float[width * width]);
        foreach (var layer in crop.Layers)
        {
            AddBoundary(layer, crop, boundary, boundaryKnown);
            AddMiddles(layer, crop, middle, middleKnown);
        }

        for (var i = 0; crop.IsExhaustive && i < boundary.Length; i++)
        {
            var isKnown = crop.Layers.TrueForAll(layer => Centre(layer, crop.Side, i % width, i / width) != ObjectLayers.Void);
            boundaryKnown[i] = Math.Max(boundaryKnown[i], isKnown ? 1 : 0);
            middleKnown[i] = Math.Max(middleKnown[i], isKnown ? 1 : 0);
        }

        return new DenseTargets(boundary, boundaryKnown, Halved(middle, width), Halved(middleKnown, width));
    }

    // A cell and the row and column after it: an edge between two cells marks the former.
    private static void AddBoundary(ushort[] layer, TrainingCrop crop, float[] boundary, float[] known)
    {
        var width = crop.Side / Stride;
        for (var cell = 0; cell < boundary.Length; cell++)
        {
            int left = cell % width * Stride, top = cell / width * Stride;
            var first = layer[(top * crop.Side) + left];
            bool isMixed = false, hasVoid = false;
            for (var y = top; y < Math.Min(top + Stride + 1, crop.Side); y++)
            {
                for (var x = left; x < Math.Min(left + Stride + 1, crop.Side); x++)
                {
                    var id = layer[(y * crop.Side) + x];
                    isMixed |= id != first;
                    hasVoid |= id == ObjectLayers.Void;
                }
            }

            if (!hasVoid && (isMixed || first != ObjectLayers.Nothing))
            {
                known[cell] = 1;
                boundary[cell] = Math.Max(boundary[cell], isMixed ? 1 : 0);
            }
        }
    }

    private static void AddMiddles(ushort[] layer, TrainingCrop crop, float[] middle, float[] known)
    {
        var width = crop.Side / Stride;
        var ids = new ushort[middle.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = Centre(layer, crop.Side, i % width, i / width);
        }

        var distances = ChamferDistance.FromOutsideWithin(Interior(ids, width), width);
        var deepest = ids.Zip(distances).GroupBy(cell => cell.First).ToDictionary(group => group.Key, group => Math.Max(1, group.Max(cell => cell.Second)));
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] is not (ObjectLayers.Nothing or ObjectLayers.Void))
            {
                known[i] = 1;
                middle[i] = Math.Max(middle[i], (float)distances[i] / deepest[ids[i]]);
            }
        }
    }

    // Cells whose right and lower neighbours show the same object; the others separate objects that touch.
    private static bool[] Interior(ushort[] ids, int width)
    {
        var inside = new bool[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            inside[i] = ids[i] is not (ObjectLayers.Nothing or ObjectLayers.Void)
                && ((i + 1) % width == 0 || ids[i + 1] == ids[i])
                && (i + width >= ids.Length || ids[i + width] == ids[i]);
        }

        return inside;
    }

    private static ushort Centre(ushort[] layer, int side, int x, int y) => layer[(((y * Stride) + (Stride / 2)) * side) + (x * Stride) + (Stride / 2)];

    private static float[] Halved(float[] map, int width)
    {
        var half = width / 2;
        var halved = new float[half * half];
        for (var i = 0; i < halved.Length; i++)
        {
            var at = (i / half * 2 * width) + (i % half * 2);
            halved[i] = (map[at] + map[at + 1] + map[at + width] + map[at + width + 1]) / 4;
        }

        return halved;
    }
}
