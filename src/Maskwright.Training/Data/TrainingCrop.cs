namespace Maskwright.Training.Data;

/// <summary>A square cut out of a photo, resampled and augmented, with the objects in it.</summary>
/// <param name="Side">S, pixels across and down.</param>
/// <param name="Pixels">[S,S,3] bytes, red green blue.</param>
/// <param name="Layers">[S,S] object numbers a layer; within a crop a number stands for one object whatever its layer.</param>
/// <param name="IsExhaustive">Whether pixels of no object truly show none.</param>
internal sealed record TrainingCrop(int Side, byte[] Pixels, List<ushort[]> Layers, bool IsExhaustive)
{
    /// <summary>What each object is, by its number; 1 for those that are not named.</summary>
    public Dictionary<ushort, int> Classes { get; init; } = [];

    /// <summary>How many of its pixels on each side only show what lies around: they teach nothing.</summary>
    public int Margin { get; init; }

    /// <summary>The names of the photos that it shows parts of.</summary>
    public List<string> Sources { get; init; } = [];

    /// <summary>The objects that are seen in the crop, by layer and number.</summary>
    /// <param name="minAreaPixels">Objects of which less is seen are left out.</param>
    public List<LabelledObject> Objects(int minAreaPixels)
    {
        var found = new List<LabelledObject>();
        for (var layer = 0; layer < Layers.Count; layer++)
        {
            var extents = new Dictionary<ushort, CropExtent>();
            Measure(Layers[layer], extents);
            found.AddRange(extents.Where(e => e.Value.Area >= minAreaPixels).OrderBy(e => e.Key)
                .Select(e => new LabelledObject(layer, e.Key, e.Value.Area, e.Value.Bounds) { Class = ClassOf(e.Key) }));
        }

        return found;
    }

    /// <summary>What an object is.</summary>
    public int ClassOf(ushort id) => Classes.GetValueOrDefault(id, 1);

    private void Measure(ushort[] layer, Dictionary<ushort, CropExtent> extents)
    {
        CropExtent? current = null;
        var last = ObjectLayers.Nothing;
        for (int y = 0, i = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++, i++)
            {
                var id = layer[i];
                if (id is ObjectLayers.Nothing or ObjectLayers.Void)
                {
                    continue;
                }

                if (current is null || id != last)
                {
                    last = id;
                    if (!extents.TryGetValue(id, out current))
                    {
                        extents[id] = current = new CropExtent(x, y);
                    }
                }

                current.Add(x, y);
            }
        }
    }
}
