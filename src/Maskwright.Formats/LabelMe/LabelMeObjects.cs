using Maskwright.Datasets;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.LabelMe;

/// <summary>Puts the shapes of one image together to objects.</summary>
internal static class LabelMeObjects
{
    /// <summary>Objects in the order of their first shapes.</summary>
    public static List<AnnotatedObject> Of(IEnumerable<LabelMeShape> shapes, Dictionary<string, DatasetCategory> categories, ImageSize size)
    {
        var groups = new List<List<LabelMeShape>>();
        var open = new Dictionary<(string Label, long Group), List<LabelMeShape>>();
        foreach (var shape in shapes)
        {
            if (shape.Group is { } number && open.TryGetValue((shape.Label, number), out var group))
            {
                group.Add(shape);
                continue;
            }

            groups.Add([shape]);
            if (shape.Group is { } first)
            {
                open.Add((shape.Label, first), groups[^1]);
            }
        }

        return [.. groups.Select(group => Object(group, categories[group[0].Label], size))];
    }

    private static AnnotatedObject Object(List<LabelMeShape> shapes, DatasetCategory category, ImageSize size) => new(category, Joined(shapes, size))
    {
        IsIgnored = shapes[0].IsIgnored || shapes[0].Label == LabelMeReader.Ignored,
        Score = shapes[0].Score,
        Attributes = shapes[0].Attributes,
    };

    private static ObjectShape Joined(List<LabelMeShape> shapes, ImageSize size)
    {
        if (shapes.Count == 1)
        {
            return shapes[0].Shape;
        }

        return shapes.Exists(shape => shape.Shape is MaskShape)
            ? new MaskShape(RunLengthMask.Union(shapes.Select(shape => shape.Shape.ToMask(size))))
            : new PolygonShape([.. shapes.SelectMany(shape => shape.Shape.ToPolygons(size).Parts)]);
    }
}
