using System.Collections.Frozen;
using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>Annotated objects in COCO's JSON.</summary>
internal static class CocoObjectJson
{
    private static readonly FrozenSet<string> s_modelled = FrozenSet.ToFrozenSet(
    [
        "id", "image_id", "category_id", "segmentation", "bbox", "area", "iscrowd", "ignore", "score", "track_id", "group_id", "attributes",
    ]);

    /// <summary>Reads an annotation or a result.</summary>
    /// <exception cref="FormatException">A field is missing or wrong, or the mask has another size than the image.</exception>
    public static AnnotatedObject Read(CocoItem item, IReadOnlyDictionary<long, DatasetCategory> categories, ImageSize size)
    {
        var categoryId = item.Id("category_id");
        var category = categories.TryGetValue(categoryId, out var known) ? known : throw new FormatException($"'category_id' is {categoryId}, but there is no such category");
        ObjectBox? box = item.Has("bbox") ? item.Box("bbox") : null;
        var shape = Shape(item, size);
        var isOnlyBox = box is not null && shape is null or PolygonShape { Parts.Count: 0 };
        return new AnnotatedObject(category, isOnlyBox ? new BoxShape(box!.Value) : shape ?? throw new FormatException("there is neither 'segmentation' nor 'bbox'"))
        {
            Id = item.Has("id") ? item.Id("id") : null,
            Box = isOnlyBox ? null : box,
            Area = item.Has("area") ? item.Number("area") : null,
            IsCrowd = item.Flag("iscrowd"),
            IsIgnored = item.Flag("ignore"),
            Score = item.Has("score") ? item.Number("score") : null,
            TrackId = item.Has("track_id") ? item.Id("track_id") : null,
            GroupId = item.Has("group_id") ? item.Id("group_id") : null,
            Attributes = CocoExtraFields.Read(item, s_modelled),
        };
    }

    /// <summary>Writes an annotation.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="item">The object.</param>
    /// <param name="shape">Its shape in the form that is written.</param>
    /// <param name="id">Its id in the file.</param>
    /// <param name="imageId">The image's id in the file.</param>
    /// <param name="features">What the format holds: flags and scores are left out when it does not.</param>
    public static void Write(Utf8JsonWriter json, AnnotatedObject item, CocoWrittenShape shape, long id, long imageId, DatasetFeatures features)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", imageId);
        json.WriteNumber("category_id", item.Category.Id);
        shape.WriteSegmentation(json);
        json.WriteNumber("area", item.Area ?? shape.Area);
        WriteBox(json, item.Box ?? shape.Box);
        if (features.HasFlag(DatasetFeatures.Crowds))
        {
            json.WriteNumber("iscrowd", item.IsCrowd ? 1 : 0);
        }

        if (item.IsIgnored && features.HasFlag(DatasetFeatures.IgnoreFlags))
        {
            json.WriteNumber("ignore", 1);
        }

        if (item.Score is { } score && features.HasFlag(DatasetFeatures.Scores))
        {
            CocoJson.WriteScore(json, "score", score);
        }

        WriteNumber(json, "track_id", item.TrackId);
        WriteNumber(json, "group_id", item.GroupId);
        CocoExtraFields.WriteOfObject(json, item.Attributes);
        json.WriteEndObject();
        CocoJson.FlushSometimes(json);
    }

    /// <summary>Writes left, top, width and height.</summary>
    public static void WriteBox(Utf8JsonWriter json, ObjectBox box)
    {
        json.WriteStartArray("bbox");
        json.WriteNumberValue(box.X);
        json.WriteNumberValue(box.Y);
        json.WriteNumberValue(box.Width);
        json.WriteNumberValue(box.Height);
        json.WriteEndArray();
    }

    private static ObjectShape? Shape(CocoItem item, ImageSize size)
    {
        if (item.Shape() is not { } shape)
        {
            return null;
        }

        if (shape.Runs is { } runs)
        {
            return runs.Size == size ? new MaskShape(runs) : throw new FormatException($"the mask is {runs.Size}, but its image is {size}");
        }

        return shape.Polygons.FirstOrDefault(xy => !xy.All(value => Math.Abs(value) <= PolygonRasteriser.MaxCoordinate)) is { } far
            ? throw new FormatException($"{far.First(value => !(Math.Abs(value) <= PolygonRasteriser.MaxCoordinate))} is beyond the coordinates of images")
            : PolygonShape.FromNumbers(shape.Polygons);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
