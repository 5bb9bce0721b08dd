using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Metrics;

namespace Maskwright.Formats.Json;

/// <summary>All that is known of an object but for its shape, as the properties of a JSON object; for formats that leave room for such.</summary>
/// <remarks>The names are COCO's; whatever else stands there is an attribute. Attributes whose names are taken stand under <c>attributes</c>.</remarks>
internal static class ObjectCard
{
    private const string More = "attributes";

    private static readonly string[] s_categories = ["category", "class", "label"];
    private static readonly string[] s_taken =
        ["category", "class", "label", "classification", "category_id", "id", "score", "iscrowd", "ignore", "group_id", "track_id", "bbox", "area", "shape", More];

    /// <summary>Whether the object is its box and nothing more.</summary>
    public static bool IsBox(LocatedJson? card) => card is { Kind: JsonValueKind.Object } given && given.Optional("shape") is { Kind: JsonValueKind.String } shape && shape.Text() == "box";

    /// <summary>The name of the category; <c>classification.name</c> is QuPath's.</summary>
    public static string CategoryOf(LocatedJson? card)
    {
        if (card is not { Kind: JsonValueKind.Object } given)
        {
            return DatasetCategory.Unlabelled.Name;
        }

        return Array.Find(s_categories, given.Has) is { } field ? given.Field(field).Text()
            : given.Optional("classification") is { Kind: JsonValueKind.Object } classification && classification.Has("name") ? classification.Field("name").Text()
            : DatasetCategory.Unlabelled.Name;
    }

    /// <summary>The id that the card gives its category; null when it gives none.</summary>
    public static long? CategoryIdOf(LocatedJson? card) => card is { Kind: JsonValueKind.Object } given ? given.Optional("category_id")?.Integer() : null;

    /// <summary>The box; null when there is none.</summary>
    public static ObjectBox? BoxOf(LocatedJson? card)
    {
        if (card is not { Kind: JsonValueKind.Object } given || given.Optional("bbox") is not { } json)
        {
            return null;
        }

        double[] values = [.. json.Items().Select(item => item.Number())];
        return values is [var x, var y, var width, var height] && width >= 0 && height >= 0 && Math.Abs(x) <= Masks.PolygonRasteriser.MaxCoordinate && Math.Abs(y) <= Masks.PolygonRasteriser.MaxCoordinate
            ? new ObjectBox(x, y, width, height)
            : throw json.Fault("'bbox' is not left, top, width and height");
    }

    /// <summary>Makes the object of a card.</summary>
    public static AnnotatedObject Read(LocatedJson? card, DatasetCategory category, ObjectShape shape)
    {
        var item = new AnnotatedObject(category, shape);
        return card is not { Kind: JsonValueKind.Object } given ? item : item with
        {
            Id = given.Optional("id") is { Kind: JsonValueKind.Number } id ? id.Integer() : null,
            Box = shape is BoxShape ? null : BoxOf(card),
            Area = given.Optional("area")?.Number(),
            IsCrowd = given.Optional("iscrowd")?.Flag() ?? false,
            IsIgnored = given.Optional("ignore")?.Flag() ?? false,
            Score = given.Optional("score")?.Number(),
            GroupId = given.Optional("group_id")?.Integer(),
            TrackId = given.Optional("track_id")?.Integer(),
            Attributes = AttributesOf(given, [.. s_taken]),
        };
    }

    /// <summary>What stands in a card besides the names that are taken.</summary>
    public static DatasetAttributes AttributesOf(LocatedJson card, string[] taken)
    {
        var entries = card.Fields().Where(field => !taken.Contains(field.Name)).Select(field => KeyValuePair.Create(field.Name, field.Value.Attribute()));
        var more = card.Optional(More) is { Kind: JsonValueKind.Object } group ? group.Fields().Select(field => KeyValuePair.Create(field.Name, field.Value.Attribute())) : [];
        return card.Attributes([.. entries, .. more]);
    }

    /// <summary>Writes the fields of a card into the object that is being written.</summary>
    public static void Write(Utf8JsonWriter json, AnnotatedObject item)
    {
        json.WriteString("category", item.Category.Name);
        json.WriteNumber("category_id", item.Category.Id);
        WriteNumber(json, "id", item.Id);
        WriteNumber(json, "score", item.Score);
        WriteFlag(json, "iscrowd", item.IsCrowd);
        WriteFlag(json, "ignore", item.IsIgnored);
        WriteNumber(json, "group_id", item.GroupId);
        WriteNumber(json, "track_id", item.TrackId);
        if ((item.Shape is BoxShape shape ? shape.Box : item.Box) is { } box)
        {
            Coco.CocoObjectJson.WriteBox(json, box);
        }

        WriteNumber(json, "area", item.Area);
        if (item.Shape is BoxShape)
        {
            json.WriteString("shape", "box");
        }

        WriteAttributes(json, item.Attributes, s_taken);
    }

    /// <summary>Writes attributes, those whose names are taken under <c>attributes</c>.</summary>
    public static void WriteAttributes(Utf8JsonWriter json, DatasetAttributes attributes, string[] taken)
    {
        JsonAttributes.WriteFields(json, attributes.Where(attribute => !taken.Contains(attribute.Key)));
        if (attributes.Any(attribute => taken.Contains(attribute.Key)))
        {
            json.WriteStartObject(More);
            JsonAttributes.WriteFields(json, attributes.Where(attribute => taken.Contains(attribute.Key)));
            json.WriteEndObject();
        }
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteNumber(name, 1);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
