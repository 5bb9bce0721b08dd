using System.Collections.Frozen;
using System.Text.Json;
using Maskwright.Datasets;

namespace Maskwright.Formats.Coco;

/// <summary>Images in COCO's JSON, LVIS's lists of categories included.</summary>
internal static class CocoImageJson
{
    private static readonly FrozenSet<string> s_modelled = FrozenSet.ToFrozenSet(
        ["id", "width", "height", "file_name", "neg_category_ids", "not_exhaustive_category_ids", "attributes"]);

    /// <exception cref="FormatException">A field is missing or wrong.</exception>
    public static AnnotatedImage Read(CocoItem item) => new(FileName(item), item.Size(), [])
    {
        Id = item.Id("id"),
        AbsentCategoryIds = item.Has("neg_category_ids") ? item.Integers("neg_category_ids") : null,
        IncompleteCategoryIds = item.Has("not_exhaustive_category_ids") ? item.Integers("not_exhaustive_category_ids") : null,
        Attributes = CocoExtraFields.Read(item, s_modelled),
    };

    public static void Write(Utf8JsonWriter json, AnnotatedImage image, long id, bool needsCategoryLists)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("width", image.Size.Width);
        json.WriteNumber("height", image.Size.Height);
        json.WriteString("file_name", image.FileName);
        WriteIds(json, "neg_category_ids", image.AbsentCategoryIds, needsCategoryLists);
        WriteIds(json, "not_exhaustive_category_ids", image.IncompleteCategoryIds, needsCategoryLists);
        CocoExtraFields.WriteBesideId(json, image.Attributes, s_modelled);
        json.WriteEndObject();
    }

    // LVIS 1.0 has no file names; its addresses end in the folder and name of the COCO image.
    private static string FileName(CocoItem item)
    {
        if (item.Has("file_name"))
        {
            return item.Text("file_name");
        }

        var parts = item.Has("coco_url") ? item.Text("coco_url").Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        return string.Join('/', parts.TakeLast(2));
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IReadOnlyList<long>? ids, bool isNeeded)
    {
        if (ids is null && !isNeeded)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var id in ids ?? [])
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
    }
}
