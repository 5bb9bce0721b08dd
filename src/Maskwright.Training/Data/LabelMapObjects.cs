using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Training.Data;

/// <summary>Finds the objects of a label map by the rules of its set.</summary>
public static class LabelMapObjects
{
    private const int CoreLabel = 2;

    /// <summary>Turns one label a pixel into objects. Their class is the label, or its place where labels number objects: 1, and 2 for a core.</summary>
    /// <param name="labels">The label map.</param>
    /// <param name="rules">What its numbers mean.</param>
    /// <returns>The objects; those of too few pixels are left out.</returns>
    public static ObjectLayers Find(LabelMap labels, LabelRules rules)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(rules);
        var values = labels.Labels.ToArray().Distinct().Where(value => value != rules.VoidLabel).Order().ToList();
        var found = Masks(labels, rules, values).Where(o => o.Mask.Area() >= rules.MinAreaPixels).ToList();
        var unknown = rules.VoidLabel is { } label ? MaskOf(labels, value => value == label) : null;
        return ObjectLayers.FromMasks(labels.Size, [.. found.Select(o => o.Mask)], unknown, rules.IsExhaustive, [.. found.Select(o => o.Class)]);
    }

    private static IEnumerable<(BinaryMask Mask, int Class)> Masks(LabelMap labels, LabelRules rules, List<int> values)
    {
        var objects = rules is { Kind: not LabelKind.Regions, HasBackground: true } ? values.Where(value => value != 0) : values;
        var parts = rules.Kind switch
        {
            LabelKind.Nested => Components(labels, rules, value => value > 0 && value != rules.VoidLabel, 1).Concat(Components(labels, rules, value => value == CoreLabel, CoreLabel)),
            LabelKind.Instances => objects.Select(wanted => (MaskOf(labels, value => value == wanted), 1)),
            LabelKind.Regions => objects.SelectMany(wanted => Components(labels, rules, value => value == wanted, 1)),
            _ when rules.IsWholeClasses => objects.Select(wanted => (MaskOf(labels, value => value == wanted), rules.HasBackground ? wanted : wanted + 1)),
            _ => objects.SelectMany(wanted => Components(labels, rules, value => value == wanted, rules.HasBackground ? wanted : wanted + 1)),
        };
        return rules.HasUnion ? parts.Concat(Components(labels, rules, value => value != 0 && value != rules.VoidLabel, 1)) : parts;
    }

    private static IEnumerable<(BinaryMask Mask, int Class)> Components(LabelMap labels, LabelRules rules, Func<int, bool> isInside, int classNumber)
    {
        var components = ConnectedComponents.Of(MaskOf(labels, isInside));
        return components.Components
            .Where(component => component.Area >= rules.MinAreaPixels)
            .Select(wanted => (components.Draw(component => component.Label == wanted.Label), classNumber));
    }

    private static BinaryMask MaskOf(LabelMap labels, Func<int, bool> isInside)
    {
        var mask = new BinaryMask(labels.Size);
        for (var y = 0; y < mask.Height; y++)
        {
            var row = labels.Row(y);
            var words = mask.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                words[x >> 6] |= (isInside(row[x]) ? 1UL : 0) << (x & 63);
            }
        }

        return mask;
    }
}
