using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Json;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>The fields of one entry of a COCO list; a fault is a <see cref="FormatException"/> that names the field.</summary>
internal readonly struct CocoItem
{
    private readonly JsonElement _json;

    public CocoItem(JsonElement json)
    {
        _json = json.ValueKind == JsonValueKind.Object ? json : throw new FormatException("the entry is not an object");
    }

    /// <summary>The fields but for those of some names.</summary>
    public IEnumerable<KeyValuePair<string, AttributeValue>> FieldsBut(FrozenSet<string> names)
    {
        foreach (var field in _json.EnumerateObject())
        {
            if (!names.Contains(field.Name))
            {
                yield return KeyValuePair.Create(field.Name, JsonAttributes.Of(field.Value));
            }
        }
    }

    /// <summary>What stands under <c>attributes</c>, when that is an object; else nothing.</summary>
    public DatasetAttributes Attributes => _json.TryGetProperty("attributes", out var value) && value.ValueKind == JsonValueKind.Object
        ? JsonAttributes.OfObject(value)
        : DatasetAttributes.Empty;

    /// <summary>Whether a field is there and no object.</summary>
    public bool IsPlain(string field) => _json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Object;

    /// <summary>The value of a field that is there.</summary>
    public AttributeValue Value(string field) => JsonAttributes.Of(Field(field));

    public bool Has(string field) => _json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    public long Integer(string field) => Field(field).ValueKind == JsonValueKind.Number && Field(field).TryGetInt64(out var value)
        ? value
        : throw new FormatException($"'{field}' is not a whole number");

    /// <summary>A number by which things are known; some tools write it as text.</summary>
    public long Id(string field) => Field(field) is { ValueKind: JsonValueKind.String } text && long.TryParse(text.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
        ? id
        : Integer(field);

    public double Number(string field) => NumberOf(Field(field), field);

    public string Text(string field) => Field(field) is { ValueKind: JsonValueKind.String } value ? value.GetString() ?? string.Empty : throw new FormatException($"'{field}' is not text");

    public bool Flag(string field)
    {
        if (!Has(field))
        {
            return false;
        }

        return Field(field).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Integer(field) is var value && value is 0 or 1 ? value == 1 : throw new FormatException($"'{field}' is neither 0 nor 1"),
        };
    }

    public long[] Integers(string field) => !Has(field)
        ? []
        : [.. Entries(Field(field), field).Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out var v) ? v : throw new FormatException($"'{field}' holds something that is not a whole number"))];

    public IEnumerable<CocoItem> Items(string field) => Entries(Field(field), field).Select(e => new CocoItem(e));

    public ImageSize Size()
    {
        var (width, height) = (Integer("width"), Integer("height"));
        return CheckedSize(width, height);
    }

    public ObjectBox Box(string field)
    {
        double[] values = [.. Entries(Field(field), field).Select(e => NumberOf(e, field))];
        return values is [var x, var y, var w, var h] && w >= 0 && h >= 0
            ? new ObjectBox(x, y, w, h)
            : throw new FormatException($"'{field}' is not left, top, width and height");
    }

    /// <summary>The mask under <c>segmentation</c>: polygons or run lengths; null when there is none.</summary>
    public CocoShape? Shape()
    {
        if (!Has("segmentation"))
        {
            return null;
        }

        var json = Field("segmentation");
        return json.ValueKind switch
        {
            JsonValueKind.Object => new CocoShape(RunLengths(new CocoItem(json)), []),
            JsonValueKind.Array => new CocoShape(null, [.. json.EnumerateArray().Select(Polygon)]),
            _ => throw new FormatException("'segmentation' is neither polygons nor run lengths"),
        };
    }

    private static double[] Polygon(JsonElement json, int index)
    {
        double[] xy = [.. Entries(json, "segmentation").Select(e => NumberOf(e, "segmentation"))];
        return xy.Length >= 6 && xy.Length % 2 == 0
            ? xy
            : throw new FormatException($"polygon {index} of 'segmentation' has {xy.Length} numbers; it needs pairs, at least three");
    }

    private static RunLengthMask RunLengths(CocoItem item)
    {
        var size = item.Integers("size") is [var height, var width] ? CheckedSize(width, height) : throw new FormatException("'size' is not height and width");
        var counts = item.Field("counts");
        try
        {
            return counts.ValueKind == JsonValueKind.String
                ? RunLengthMask.FromCocoString(size, counts.GetString())
                : RunLengthMask.FromCounts(size, [.. Entries(counts, "counts").Select(Count)]);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"'counts': {e.Message.Split(" (Parameter")[0].TrimEnd('.')}", e);
        }
    }

    private static uint Count(JsonElement json) => json.ValueKind == JsonValueKind.Number && json.TryGetUInt32(out var count)
        ? count
        : throw new FormatException("'counts' holds something that is not a run length");

    private static ImageSize CheckedSize(long width, long height) => width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue && width * height <= uint.MaxValue
        ? new ImageSize((int)width, (int)height)
        : throw new FormatException($"{width} x {height} is not the size of an image");

    private static JsonElement.ArrayEnumerator Entries(JsonElement json, string field) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : throw new FormatException($"'{field}' is not a list");

    private static double NumberOf(JsonElement json, string field) => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) && double.IsFinite(value)
        ? value
        : throw new FormatException($"'{field}' holds something that is not a finite number");

    private JsonElement Field(string field) => _json.TryGetProperty(field, out var value) ? value : throw new FormatException($"'{field}' is missing");
}
