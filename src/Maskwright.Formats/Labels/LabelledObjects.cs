using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Masks;

namespace Maskwright.Formats.Labels;

/// <summary>Finds the objects in images of labels.</summary>
internal static class LabelledObjects
{
    /// <summary>The label that means "do not look here" where no class has it.</summary>
    public const int Void = 255;

    /// <summary>Reads an image of labels.</summary>
    /// <exception cref="InvalidAnnotationException">The file holds no labels, or is of another size than others of the same image.</exception>
    public static LabelMap Read(string path, LabelMap? sameSizeAs)
    {
        var labels = MaskImageReader.ReadLabels(path);
        return sameSizeAs is null || labels.Size == sameSizeAs.Size ? labels : throw new InvalidAnnotationException(path, null, $"is {labels.Size}, but the other label image is {sameSizeAs.Size}");
    }

    /// <summary>The mask of every number but 0 and those that mean nothing, by rising number.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="hasVoid">Whether 255 is no object.</param>
    public static IEnumerable<KeyValuePair<int, RunLengthMask>> Of(LabelMap labels, bool hasVoid) => LabelRuns.Of(labels).Where(entry => !hasVoid || entry.Key != Void);

    /// <summary>The one class that all pixels of an object have.</summary>
    /// <param name="mask">The object.</param>
    /// <param name="number">Its number, for errors.</param>
    /// <param name="classes">The class of each pixel.</param>
    /// <param name="path">The file of the classes, for errors.</param>
    /// <exception cref="InvalidAnnotationException">The pixels are of several classes.</exception>
    public static int ClassOf(RunLengthMask mask, int number, LabelMap classes, string path)
    {
        var found = -1;
        long position = 0;
        for (var i = 0; i < mask.Counts.Length; position += mask.Counts[i], i++)
        {
            for (var at = position; i % 2 == 1 && at < position + mask.Counts[i]; at++)
            {
                var (x, y) = ((int)(at / mask.Size.Height), (int)(at % mask.Size.Height));
                var label = classes.Row(y)[x];
                found = found < 0 || found == label ? label
                    : throw new InvalidAnnotationException(path, null, $"the pixels of object {number} are of class {found} and of class {label}, there at column {x}, row {y}");
            }
        }

        return found;
    }

    /// <summary>Labels exchanged by a table.</summary>
    public static LabelMap Renumbered(LabelMap labels, int[] numbers) => new(labels.Size, Array.ConvertAll(labels.Labels.ToArray(), label => numbers[label]));

    /// <summary>The category of a class.</summary>
    /// <exception cref="InvalidAnnotationException">The class has no name.</exception>
    public static DatasetCategory Category(Dictionary<long, DatasetCategory> categories, int number, string path) =>
        categories.TryGetValue(number, out var category) ? category : throw new InvalidAnnotationException(path, null, $"the class {number} has no name");
}
