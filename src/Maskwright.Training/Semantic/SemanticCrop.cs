using Maskwright.Training.Data;
using Maskwright.Training.Running;

namespace Maskwright.Training.Semantic;

/// <summary>A crop with a class for every pixel.</summary>
/// <param name="Crop">The crop.</param>
/// <param name="Labels">[S,S] without the crop's margin, 0 to K-1 or <see cref="Void"/>.</param>
internal sealed record SemanticCrop(TrainingCrop Crop, long[] Labels) : PreparedCrop(Crop)
{
    /// <summary>The label of pixels that teach nothing.</summary>
    public const long Void = 255;

    /// <summary>Reads the classes of a crop's objects.</summary>
    /// <param name="crop">The crop.</param>
    /// <param name="classCount">K.</param>
    /// <param name="hasBackground">Whether class 0 is where no object is.</param>
    /// <exception cref="InvalidAnnotationException">Its photo holds a class that the network does not know.</exception>
    public static SemanticCrop Of(TrainingCrop crop, int classCount, bool hasBackground)
    {
        var highest = crop.Classes.Values.DefaultIfEmpty(0).Max() - (hasBackground ? 0 : 1);
        return highest < classCount
            ? new SemanticCrop(crop, Inner(LabelsOf(crop.Layers, crop.ClassOf, hasBackground), crop.Side, crop.Margin))
            : throw new InvalidAnnotationException(
                string.Join(", ", crop.Sources),
                null,
                $"holds label {highest}, but the network tells classes 0 to {classCount - 1} apart; name as many in classNames, or say with sets.NAME.voidLabel that it means nothing");
    }

    /// <summary>The class of every pixel.</summary>
    /// <param name="layers">Object numbers, at least one layer.</param>
    /// <param name="classOf">The class of an object's number, 1 for the first.</param>
    /// <param name="hasBackground">Whether class 0 is where no object is.</param>
    public static long[] LabelsOf(IReadOnlyList<ushort[]> layers, Func<ushort, int> classOf, bool hasBackground)
    {
        var labels = new long[layers[0].Length];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = LabelAt(layers, classOf, i, hasBackground);
        }

        return labels;
    }

    private static long[] Inner(long[] labels, int side, int margin)
    {
        var inner = side - (2 * margin);
        return margin == 0 ? labels : [.. Enumerable.Range(margin, inner).SelectMany(y => labels.Skip((y * side) + margin).Take(inner))];
    }

    // What an object claims is its, later layers above earlier ones.
    private static long LabelAt(IReadOnlyList<ushort[]> layers, Func<ushort, int> classOf, int pixel, bool hasBackground)
    {
        long label = hasBackground ? 0 : Void;
        var isClaimed = false;
        foreach (var layer in layers)
        {
            if (layer[pixel] is var id and not (ObjectLayers.Nothing or ObjectLayers.Void))
            {
                (label, isClaimed) = (classOf(id) - (hasBackground ? 0 : 1), true);
            }
            else if (layer[pixel] == ObjectLayers.Void && !isClaimed)
            {
                label = Void;
            }
        }

        return label;
    }
}
