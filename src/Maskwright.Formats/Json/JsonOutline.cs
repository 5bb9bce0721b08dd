using System.Text.Json;

namespace Maskwright.Formats.Json;

/// <summary>What a JSON file looks like from afar: the names at its root, and the names in the first entry of every list or in every object there.</summary>
/// <remarks>Reads only as much of the file as <see cref="MaxBytes"/>, and says of a damaged file what it saw before the damage.</remarks>
internal sealed class JsonOutline
{
    private const long MaxBytes = 64 << 20;

    private readonly Dictionary<string, HashSet<string>> _fields = new(StringComparer.Ordinal);

    private JsonOutline()
    {
    }

    /// <summary>Whether the root is a list; then its first entry's names stand under the empty name.</summary>
    public bool IsList { get; private set; }

    /// <summary>Whether the root is an object.</summary>
    public bool IsObject { get; private set; }

    /// <summary>Whether the root has these names.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!_fields.ContainsKey(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the first entry of a list at the root, or an object there, has a field; the list's name is empty when the root is the list.</summary>
    public bool HasField(string list, string field) => _fields.TryGetValue(list, out var fields) && fields.Contains(field);

    /// <summary>Looks at a file; a folder, a missing file, or one that is not JSON gives an outline without anything.</summary>
    public static JsonOutline Of(string path)
    {
        var outline = new JsonOutline();
        try
        {
            if (File.Exists(path))
            {
                using var json = new JsonItemReader(path);
                outline.Look(json);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // A damaged file is what was seen of it so far; its reader tells what is wrong.
        }

        return outline;
    }

    private void Look(JsonItemReader json)
    {
        switch (json.Next(out _))
        {
            case JsonTokenType.StartArray:
                IsList = true;
                LookIntoList(json, string.Empty);
                break;
            case JsonTokenType.StartObject:
                IsObject = true;
                while (json.Position < MaxBytes && json.Next(out var name) == JsonTokenType.PropertyName)
                {
                    LookAtField(json, name);
                }

                break;
        }
    }

    private void LookAtField(JsonItemReader json, string name)
    {
        _fields.TryAdd(name, []);
        switch (json.Next(out _))
        {
            case JsonTokenType.StartArray:
                while (LookIntoList(json, name) && json.Position < MaxBytes)
                {
                }

                break;
            case JsonTokenType.StartObject:
                LookIntoObject(json, name);
                break;
        }
    }

    // Notes the fields of the first entry only; false at the list's end.
    private bool LookIntoList(JsonItemReader json, string name)
    {
        _fields.TryAdd(name, []);
        if (!json.NextRaw(out var entry))
        {
            return false;
        }

        if (_fields[name].Count == 0 && entry is [(byte)'{', ..])
        {
            using var document = JsonDocument.Parse(entry.ToArray());
            _fields[name].UnionWith(document.RootElement.EnumerateObject().Select(field => field.Name));
        }

        return true;
    }

    private void LookIntoObject(JsonItemReader json, string name)
    {
        while (json.Next(out var field) == JsonTokenType.PropertyName)
        {
            _fields[name].Add(field);
            json.Skip();
        }
    }
}
