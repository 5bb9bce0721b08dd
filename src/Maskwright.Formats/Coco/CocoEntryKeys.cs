using System.Buffers.Text;
using System.Text.Json;

namespace Maskwright.Formats.Coco;

/// <summary>The ids of an entry of a COCO list, found without looking at the rest.</summary>
/// <param name="Id">The entry's own id; null when it has none.</param>
/// <param name="ImageId">The image that it names; null when it names none.</param>
/// <param name="CategoryId">The category that it names; null when it names none.</param>
internal readonly record struct CocoEntryKeys(long? Id, long? ImageId, long? CategoryId)
{
    /// <summary>Reads the ids.</summary>
    /// <param name="item">One whole JSON value.</param>
    /// <exception cref="FormatException">It is not an object, or an id is not a whole number.</exception>
    public static CocoEntryKeys Of(ReadOnlySpan<byte> item)
    {
        var reader = new Utf8JsonReader(item);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("the entry is not an object");
        }

        var keys = default(CocoEntryKeys);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (Field(ref reader))
            {
                case "id":
                    keys = keys with { Id = Number(ref reader, "id") };
                    break;
                case "image_id":
                    keys = keys with { ImageId = Number(ref reader, "image_id") };
                    break;
                case "category_id":
                    keys = keys with { CategoryId = Number(ref reader, "category_id") };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return keys;
    }

    private static string? Field(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.ValueTextEquals("id"u8) ? "id" : reader.ValueTextEquals("image_id"u8) ? "image_id" : reader.ValueTextEquals("category_id"u8) ? "category_id" : null;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("a field's name is no text: it escapes half of a surrogate pair", e);
        }
    }

    private static long? Number(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var isId = reader.TokenType == JsonTokenType.Number ? reader.TryGetInt64(out var id)
            : reader.TokenType == JsonTokenType.String & Utf8Parser.TryParse(reader.ValueSpan, out id, out var used) && used == reader.ValueSpan.Length;
        return isId ? id : throw new FormatException($"'{field}' is not a whole number");
    }
}
