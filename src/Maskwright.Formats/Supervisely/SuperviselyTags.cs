using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.Supervisely;

/// <summary>Tags, by which Supervisely says what it knows of images and objects: names with or without a value.</summary>
internal sealed class SuperviselyTags
{
    /// <summary>The tag in which models put their scores.</summary>
    public const string Confidence = "confidence";

    private readonly SortedDictionary<string, string> _types = new(StringComparer.Ordinal);

    /// <summary>Reads the tags of an image or object; a tag without a value is true.</summary>
    public static DatasetAttributes Read(LocatedJson json) => json.Optional("tags") is { } tags
        ? tags.Attributes([.. tags.Items().Select(tag => KeyValuePair.Create(tag.Field("name").Text(), tag.Optional("value") is { } value ? value.Attribute() : new FlagValue(true)))])
        : DatasetAttributes.Empty;

    /// <summary>Writes tags and remembers what kind of values they have.</summary>
    public void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
    {
        json.WriteStartArray("tags");
        foreach (var (name, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WritePropertyName("value");
            var type = value is IntegerValue or NumberValue ? "any_number" : value is FlagValue { IsSet: true } ? "none" : "any_string";
            JsonAttributes.Write(json, type switch { "none" => new NoValue(), "any_number" => value, _ => value.ToString() });
            json.WriteEndObject();
            _types[name] = _types.TryGetValue(name, out var other) && other != type ? "any_string" : type;
        }

        json.WriteEndArray();
    }

    /// <summary>Writes what <c>meta.json</c> says of the tags that were written.</summary>
    public void WriteMeta(Utf8JsonWriter json)
    {
        json.WriteStartArray("tags");
        foreach (var (name, type) in _types)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value_type", type);
            json.WriteString("color", "#808080");
            json.WriteString("hotkey", string.Empty);
            json.WriteString("applicable_type", "all");
            json.WriteStartArray("classes");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
