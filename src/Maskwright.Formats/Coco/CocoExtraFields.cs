using System.Collections.Frozen;
using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.Coco;

/// <summary>Fields of COCO's entries that have no place of their own in the model: they are carried along as attributes.</summary>
/// <remarks>
/// Tools put their own attributes into an object under <c>attributes</c>, while those of the data sets themselves (key points, licences, addresses)
/// stand beside <c>id</c>. Both are read as attributes; the latter, known by name, are written back where they stood.
/// </remarks>
internal static class CocoExtraFields
{
    private static readonly FrozenSet<string> s_besideId = FrozenSet.ToFrozenSet(
    [
        "keypoints", "num_keypoints", "caption", "predicted_iou", "stability_score", "point_coords", "crop_box", "instance_id", "video_id", "scale", "visibility",
    ]);

    /// <summary>The attributes of an entry: its own, and all fields but those of the model.</summary>
    /// <exception cref="FormatException">A name stands in both places.</exception>
    public static DatasetAttributes Read(CocoItem item, FrozenSet<string> modelled)
    {
        var fields = item.FieldsBut(modelled);
        fields = item.IsPlain("attributes") ? fields.Append(KeyValuePair.Create("attributes", item.Value("attributes"))) : fields;
        var all = JsonAttributes.Of(fields.Concat(item.Attributes));
        return all.Count == 0 ? DatasetAttributes.Empty : all;
    }

    /// <summary>Writes the attributes of an annotation: those known beside <c>id</c> there, the others under <c>attributes</c>.</summary>
    public static void WriteOfObject(Utf8JsonWriter json, DatasetAttributes attributes) => Write(json, attributes, entry => s_besideId.Contains(entry.Key));

    /// <summary>Writes attributes beside <c>id</c>, but under <c>attributes</c> those whose names the model needs.</summary>
    public static void WriteBesideId(Utf8JsonWriter json, DatasetAttributes attributes, FrozenSet<string> modelled) =>
        Write(json, attributes, entry => !modelled.Contains(entry.Key));

    private static void Write(Utf8JsonWriter json, DatasetAttributes attributes, Func<KeyValuePair<string, AttributeValue>, bool> isBesideId)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        JsonAttributes.WriteFields(json, attributes.Where(isBesideId));
        if (!attributes.All(isBesideId))
        {
            json.WriteStartObject("attributes");
            JsonAttributes.WriteFields(json, attributes.Where(entry => !isBesideId(entry)));
            json.WriteEndObject();
        }
    }
}
