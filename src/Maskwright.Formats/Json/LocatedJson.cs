using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Geometry;

namespace Maskwright.Formats.Json;

/// <summary>A value in a JSON text whose faults are reported with file, line and column.</summary>
internal readonly struct LocatedJson(JsonFile file, JsonElement json, string name)
{
    /// <summary>What the value is called in errors: a field's name or a list's entry.</summary>
    public string Name => name.Length == 0 ? "the file" : name;

    /// <summary>What kind of value this is.</summary>
    public JsonValueKind Kind => json.ValueKind;

    /// <summary>The value as it stands in the file, without its place.</summary>
    public JsonElement Element => json;

    /// <summary>A fault of this value.</summary>
    public InvalidAnnotationException Fault(string reason, Exception? inner = null) => file.Fault(json, reason, inner);

    /// <summary>Whether there is such a field and it is not null.</summary>
    public bool Has(string field) => TryGet(field, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A field that must be there.</summary>
    public LocatedJson Field(string field) =>
        TryGet(field, out var value) ? new(file, value, $"'{field}'") : throw Fault($"'{field}' is missing");

    /// <summary>A field that may be missing or null.</summary>
    public LocatedJson? Optional(string field) => Has(field) ? Field(field) : null;

    /// <summary>All fields of an object, in the file's order.</summary>
    public IEnumerable<(string Name, LocatedJson Value)> Fields()
    {
        foreach (var property in Object().EnumerateObject())
        {
            var field = NameOf(property);
            yield return (field, new LocatedJson(file, property.Value, $"'{field}'"));
        }
    }

    /// <summary>The entries of a list.</summary>
    public IEnumerable<LocatedJson> Items()
    {
        if (Kind != JsonValueKind.Array)
        {
            throw Fault($"{Name} is not a list");
        }

        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            yield return new LocatedJson(file, item, $"entry {index++} of {Name}");
        }
    }

    /// <summary>The number of entries of a list.</summary>
    public int Count => Kind == JsonValueKind.Array ? json.GetArrayLength() : throw Fault($"{Name} is not a list");

    /// <summary>A text.</summary>
    public string Text()
    {
        try
        {
            return Kind == JsonValueKind.String ? json.GetString() ?? string.Empty : throw Fault($"{Name} is not text");
        }
        catch (InvalidOperationException e)
        {
            throw Fault($"{Name} is not valid Unicode", e);
        }
    }

    /// <summary>A finite number.</summary>
    public double Number() => Kind == JsonValueKind.Number && json.TryGetDouble(out var value) && double.IsFinite(value)
        ? value
        : throw Fault($"{Name} is not a finite number");

    /// <summary>A whole number; one written with a point, such as 3.0, counts.</summary>
    public long Integer() => Kind != JsonValueKind.Number ? throw Fault($"{Name} is not a whole number")
        : json.TryGetInt64(out var value) ? value
        : json.TryGetDouble(out var real) && Math.Floor(real) == real && Math.Abs(real) < 1e15 ? (long)real
        : throw Fault($"{Name} is not a whole number");

    /// <summary>A whole number between bounds, both included.</summary>
    public int Integer(int least, int most) => Integer() is var value && value >= least && value <= most
        ? (int)value
        : throw Fault($"{Name} is {value}, not a number of {least} to {most}");

    /// <summary>True, false, 1 or 0.</summary>
    public bool Flag() => Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Integer() is var value && value is 0 or 1 ? value == 1 : throw Fault($"{Name} is neither true nor false"),
    };

    /// <summary>A list of coordinate pairs, <c>[[x, y], ...]</c>; further numbers of a pair are refused.</summary>
    public PixelPoint[] Points()
    {
        var points = new List<PixelPoint>();
        foreach (var pair in Items())
        {
            points.Add(pair.Point());
        }

        return [.. points];
    }

    /// <summary>A coordinate pair, <c>[x, y]</c>.</summary>
    public PixelPoint Point()
    {
        if (Kind != JsonValueKind.Array || json.GetArrayLength() != 2)
        {
            throw Fault($"{Name} is not a pair of coordinates");
        }

        return new PixelPoint(new LocatedJson(file, json[0], "a coordinate").Number(), new LocatedJson(file, json[1], "a coordinate").Number());
    }

    /// <summary>The value as an attribute, whatever its kind.</summary>
    public AttributeValue Attribute()
    {
        try
        {
            return JsonAttributes.Of(json);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw Fault(e is FormatException ? $"{Name}: {e.Message}" : $"{Name} is not valid Unicode", e);
        }
    }

    /// <summary>Attributes that were gathered from this value.</summary>
    public DatasetAttributes Attributes(IReadOnlyCollection<KeyValuePair<string, AttributeValue>> entries)
    {
        try
        {
            return entries.Count == 0 ? DatasetAttributes.Empty : new DatasetAttributes(entries);
        }
        catch (ArgumentException e)
        {
            throw Fault(e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>Width and height under two names.</summary>
    public ImageSize Size(string width, string height)
    {
        var size = new ImageSize(Field(width).Integer(1, int.MaxValue), Field(height).Integer(1, int.MaxValue));
        return size.PixelCount <= int.MaxValue ? size : throw Fault($"{size} is not the size of an image");
    }

    private bool TryGet(string field, out JsonElement value)
    {
        try
        {
            return Object().TryGetProperty(field, out value);
        }
        catch (InvalidOperationException e)
        {
            throw Fault("a name is not valid Unicode", e); // found while names are compared
        }
    }

    private JsonElement Object() => Kind == JsonValueKind.Object ? json : throw Fault($"{Name} is not an object");

    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw Fault("a name is not valid Unicode", e);
        }
    }
}
