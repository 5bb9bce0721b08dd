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
            if (reader.ValueTextEquals("id"u8))
            {
                keys = keys with { Id = Number(ref reader, "id") };
            }
            else if (reader.ValueTextEquals("image_id"u8))
            {
                keys = keys with { ImageId = Number(ref reader, "image_id") };
            }
            else if (reader.ValueTextEquals("category_id"u8))
            {
                keys = keys with { CategoryId = Number(ref reader, "category_id") };
            }
            else
            {
                reader.Skip();
            }
        }

        return keys;
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
