using Maskwright.Training.Data;
using Maskwright.Training.Running;

namespace Maskwright.Training.Semantic;

/// <summary>A crop with a class for every pixel.</summary>
/// <param name="Crop">The crop.</param>
/// <param name="Labels">[S,S], 0 to K-1 or <see cref="Void"/>.</param>
internal sealed record SemanticCrop(TrainingCrop Crop, long[] Labels) : PreparedCrop(Crop)
{
    /// <summary>The label of pixels that teach nothing.</summary>
    public const long Void = 255;

    /// <summary>Reads the classes of a crop's objects.</summary>
    /// <param name="crop">The crop.</param>
    /// <param name="classCount">K.</param>
    /// <param name="hasBackground">Whether class 0 is where no object is.</param>
    /// <exception cref="ArgumentException">An object is of a class that the network does not know.</exception>
    public static SemanticCrop Of(TrainingCrop crop, int classCount, bool hasBackground)
    {
        var labels = new long[crop.Side * crop.Side];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = LabelAt(crop, i, hasBackground);
        }

        var highest = labels.Where(label => label != Void).DefaultIfEmpty(0).Max();
        return highest < classCount
            ? new SemanticCrop(crop, labels)
            : throw new ArgumentException(
                $"The data holds label {highest}, but the network tells classes 0 to {classCount - 1} apart; name as many in classNames, or say with sets.NAME.voidLabel that it means nothing.");
    }

    // What an object claims is its, later layers above earlier ones.
    private static long LabelAt(TrainingCrop crop, int pixel, bool hasBackground)
    {
        long label = hasBackground ? 0 : Void;
        var isClaimed = false;
        foreach (var layer in crop.Layers)
        {
            if (layer[pixel] is var id and not (ObjectLayers.Nothing or ObjectLayers.Void))
            {
                (label, isClaimed) = (crop.ClassOf(id) - (hasBackground ? 0 : 1), true);
            }
            else if (layer[pixel] == ObjectLayers.Void && !isClaimed)
            {
                label = Void;
            }
        }

        return label;
    }
}
