using System.Collections.Frozen;
using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Images;
using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>Categories in COCO's JSON, those of panoptic data sets and LVIS included.</summary>
internal static class CocoCategoryJson
{
    private static readonly FrozenSet<string> s_modelled = FrozenSet.ToFrozenSet(["id", "name", "supercategory", "isthing", "color", "frequency", "attributes"]);

    /// <exception cref="FormatException">A field is missing or wrong.</exception>
    public static DatasetCategory Read(CocoItem item)
    {
        var known = CocoReader.Category(item);
        return new DatasetCategory(known.Id, known.Name)
        {
            Supercategory = item.Has("supercategory") ? item.Text("supercategory") : null,
            IsThing = known.IsThing,
            Frequency = known.Frequency,
            Colour = item.Has("color") ? Colour(item.Integers("color")) : null,
            Attributes = CocoExtraFields.Read(item, s_modelled),
        };
    }

    /// <param name="json">Where to write.</param>
    /// <param name="category">The category.</param>
    /// <param name="asPanoptic">Whether things and stuff are told apart always, and not only where there is stuff.</param>
    /// <param name="frequency">The frequency to write; null for none.</param>
    public static void Write(Utf8JsonWriter json, DatasetCategory category, bool asPanoptic, CategoryFrequency? frequency)
    {
        json.WriteStartObject();
        json.WriteNumber("id", category.Id);
        json.WriteString("name", category.Name);
        if (category.Supercategory is { } supercategory)
        {
            json.WriteString("supercategory", supercategory);
        }

        if (asPanoptic || !category.IsThing)
        {
            json.WriteNumber("isthing", category.IsThing ? 1 : 0);
        }

        if (category.Colour is { } colour)
        {
            CocoJson.WriteIntegers(json, "color", colour.Red, colour.Green, colour.Blue);
        }

        if (frequency is { } known)
        {
            json.WriteString("frequency", known switch { CategoryFrequency.Rare => "r", CategoryFrequency.Common => "c", _ => "f" });
        }

        CocoExtraFields.WriteBesideId(json, category.Attributes, s_modelled);
        json.WriteEndObject();
    }

    private static RgbColour Colour(long[] values) => values is [>= 0 and <= 255, >= 0 and <= 255, >= 0 and <= 255]
        ? new RgbColour((byte)values[0], (byte)values[1], (byte)values[2])
        : throw new FormatException("'color' is not red, green and blue, each 0 to 255");
}
