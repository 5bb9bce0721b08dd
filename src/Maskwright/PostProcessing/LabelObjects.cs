using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Takes the single objects from a label map.</summary>
public static class LabelObjects
{
    private const int NestedPart = 2;

    /// <summary>Finds the objects.</summary>
    /// <param name="labels">The label map.</param>
    /// <param name="kind">What its numbers stand for.</param>
    /// <param name="options">Background, void and the smallest area; null for the customs.</param>
    /// <returns>The objects by rising label, those of one label in the order of their first pixels, row by row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not known, or the smallest area is below 1.</exception>
    public static IReadOnlyList<LabelObject> Of(LabelMap labels, LabelKind kind, LabelObjectOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new LabelObjectOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MinAreaPixels, nameof(options));
        var objects = kind switch
        {
            LabelKind.Classes => Drawn(labels).Where(o => o.Label != options.BackgroundLabel && o.Label != options.VoidLabel).SelectMany(o => Parts(o, options.MinAreaPixels)),
            LabelKind.Regions => Drawn(labels),
            LabelKind.Instances => Drawn(labels).Where(o => o.Label != options.BackgroundLabel),
            LabelKind.Nested => Nested(labels, options.MinAreaPixels),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of labels."),
        };
        return [.. objects.Where(o => o.Mask.Area() >= options.MinAreaPixels)];
    }

    /// <summary>The pixels of a label.</summary>
    /// <param name="labels">The label map.</param>
    /// <param name="label">The label.</param>
    public static BinaryMask MaskOf(LabelMap labels, int label)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var mask = new BinaryMask(labels.Size);
        for (var y = 0; y < mask.Height; y++)
        {
            var row = labels.Row(y);
            var words = mask.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                words[x >> 6] |= (row[x] == label ? 1UL : 0) << (x & 63);
            }
        }

        return mask;
    }

    private static IEnumerable<LabelObject> Drawn(LabelMap labels)
    {
        var masks = new Dictionary<int, BinaryMask>();
        for (var y = 0; y < labels.Size.Height; y++)
        {
            var row = labels.Row(y);
            for (int start = 0, end; start < row.Length; start = end)
            {
                var label = row[start];
                for (end = start + 1; end < row.Length && row[end] == label;)
                {
                    end++;
                }

                var mask = masks.TryGetValue(label, out var known) ? known : masks[label] = new BinaryMask(labels.Size);
                new RowRun(y, start, end).Draw(mask);
            }
        }

        return masks.OrderBy(mask => mask.Key).Select(mask => new LabelObject(mask.Key, mask.Value));
    }

    private static IEnumerable<LabelObject> Nested(LabelMap labels, int minArea)
    {
        var whole = new BinaryMask(labels.Size);
        foreach (var drawn in Drawn(labels).Where(o => o.Label > 0))
        {
            for (var i = 0; i < whole.Words.Length; i++)
            {
                whole.Words[i] |= drawn.Mask.Words[i];
            }
        }

        return Parts(new LabelObject(1, whole), minArea).Concat(Parts(new LabelObject(NestedPart, MaskOf(labels, NestedPart)), minArea));
    }

    private static IEnumerable<LabelObject> Parts(LabelObject drawn, int minArea)
    {
        var found = ConnectedComponents.Of(drawn.Mask);
        return found.Components.Where(part => part.Area >= minArea).Select(part => new LabelObject(drawn.Label, found.Draw(other => other.Label == part.Label)));
    }
}
