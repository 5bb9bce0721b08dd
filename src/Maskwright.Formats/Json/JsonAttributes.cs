using System.Text.Json;
using Maskwright.Datasets;

namespace Maskwright.Formats.Json;

/// <summary>Attributes from JSON and to JSON, every kind of value included; numbers keep their value to the last bit.</summary>
internal static class JsonAttributes
{
    /// <summary>The fields of an object.</summary>
    /// <exception cref="FormatException">A name stands there twice, or a number is beyond those of 64 bits.</exception>
    public static DatasetAttributes OfObject(JsonElement json) =>
        Of(json.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, Of(field.Value))));

    /// <summary>Attributes from named values.</summary>
    /// <exception cref="FormatException">A name stands there twice.</exception>
    public static DatasetAttributes Of(IEnumerable<KeyValuePair<string, AttributeValue>> fields)
    {
        try
        {
            return new DatasetAttributes(fields);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>One value.</summary>
    /// <exception cref="FormatException">A name stands in a group twice, or a number is beyond those of 64 bits.</exception>
    public static AttributeValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new TextValue(json.GetString() ?? string.Empty),
        JsonValueKind.True => new FlagValue(true),
        JsonValueKind.False => new FlagValue(false),
        JsonValueKind.Number => Number(json),
        JsonValueKind.Array => new ListValue([.. json.EnumerateArray().Select(Of)]),
        JsonValueKind.Object => new GroupValue(OfObject(json)),
        _ => new NoValue(),
    };

    /// <summary>Writes attributes as fields of the object that is being written.</summary>
    public static void WriteFields(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            json.WritePropertyName(name);
            Write(json, value);
        }
    }

    /// <summary>Writes one value.</summary>
    public static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        switch (value)
        {
            case TextValue text:
                json.WriteStringValue(text.Text);
                break;
            case IntegerValue number:
                json.WriteNumberValue(number.Number);
                break;
            case NumberValue number:
                WriteNumber(json, number.Number);
                break;
            case FlagValue flag:
                json.WriteBooleanValue(flag.IsSet);
                break;
            case ListValue list:
                json.WriteStartArray();
                foreach (var entry in list.Values)
                {
                    Write(json, entry);
                }

                json.WriteEndArray();
                break;
            case GroupValue group:
                json.WriteStartObject();
                WriteFields(json, group.Attributes);
                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    // A number that is whole but came with a point keeps the point, so that it is read as the same kind again.
    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (number == Math.Floor(number) && Math.Abs(number) < 1e15)
        {
            json.WriteRawValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number:0.0}"), skipInputValidation: true);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }

    private static AttributeValue Number(JsonElement json) => json.TryGetInt64(out var whole) ? new IntegerValue(whole)
        : json.TryGetDouble(out var number) && double.IsFinite(number) ? new NumberValue(number)
        : throw new FormatException($"{json.GetRawText()} is beyond the numbers of 64 bits");
}
