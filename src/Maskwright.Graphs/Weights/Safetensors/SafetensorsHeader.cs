using System.Text.Json;
using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Safetensors;

/// <summary>What the header says of one tensor; offsets count from the end of the header.</summary>
internal readonly record struct SafetensorsEntry(string Name, ElementType Type, long[] Shape, long Begin, long End);

/// <summary>Reads the JSON of a header and checks its form; whether it tells the truth about the file is checked by <see cref="SafetensorsReader"/>.</summary>
internal ref struct SafetensorsHeader
{
    private const int DeepestNesting = 8;
    private const int MostDimensions = 32;

    private readonly string path;
    private Utf8JsonReader json;

    private SafetensorsHeader(string path, ReadOnlySpan<byte> text)
    {
        this.path = path;
        json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestNesting });
    }

    public List<SafetensorsEntry> Entries { get; } = [];

    public Dictionary<string, string> Metadata { get; } = [];

    public static SafetensorsHeader Parse(string path, ReadOnlySpan<byte> text)
    {
        var header = new SafetensorsHeader(path, text);
        try
        {
            header.ReadObject();
            return header;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidWeightsException(path, $"the safetensors header is not valid JSON of the expected form ({fault.Message.TrimEnd('.')})", fault);
        }
    }

    private void ReadObject()
    {
        Expect(JsonTokenType.StartObject, "the header");
        while (NextProperty() is { } name)
        {
            if (name == "__metadata__")
            {
                ReadMetadata();
            }
            else
            {
                Entries.Add(ReadEntry(name));
            }
        }

        if (json.Read())
        {
            throw Fault("something follows the header's object");
        }
    }

    private void ReadMetadata()
    {
        Expect(JsonTokenType.StartObject, "__metadata__");
        while (NextProperty() is { } key)
        {
            Expect(JsonTokenType.String, $"__metadata__.{key}");
            if (!Metadata.TryAdd(key, json.GetString() ?? ""))
            {
                throw Fault($"__metadata__.{key} is given twice");
            }
        }
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        Expect(JsonTokenType.StartObject, name);
        ElementType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (NextProperty() is { } field)
        {
            switch (field)
            {
                case "dtype" when type is null: type = ReadType(name); break;
                case "shape" when shape is null: shape = ReadNumbers($"the shape of {name}"); break;
                case "data_offsets" when offsets is null: offsets = ReadNumbers($"the offsets of {name}"); break;
                default: throw Fault($"{name} has an unknown or repeated field {field}");
            }
        }

        return type is { } known && shape is not null && offsets is { Length: 2 }
            ? new SafetensorsEntry(name, known, shape, offsets[0], offsets[1])
            : throw Fault($"{name} lacks its dtype, its shape or its two offsets");
    }

    private ElementType ReadType(string name)
    {
        Expect(JsonTokenType.String, $"the dtype of {name}");
        var text = json.GetString() ?? "";
        return SafetensorsTypes.TryParse(text, out var type) ? type : throw Fault($"{name} has the dtype {text}, which is not known here");
    }

    private long[] ReadNumbers(string what)
    {
        Expect(JsonTokenType.StartArray, what);
        var numbers = new List<long>(4);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var number) || number < 0 || numbers.Count == MostDimensions)
            {
                throw Fault($"{what} must be a short list of whole numbers from 0");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private string? NextProperty()
    {
        json.Read();
        return json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;
    }

    private void Expect(JsonTokenType token, string what)
    {
        if (!json.Read() || json.TokenType != token)
        {
            throw Fault($"{what} should be {token}, not {json.TokenType}");
        }
    }

    private readonly InvalidWeightsException Fault(string reason) => new(path, $"the safetensors header is wrong: {ReadableName.Of(reason)}");
}
