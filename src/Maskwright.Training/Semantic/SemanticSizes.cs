using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Maskwright.Networks.Semantic;

namespace Maskwright.Training.Semantic;

/// <summary>A preset with some of its sizes changed by name, as a recipe says them.</summary>
public static class SemanticSizes
{
    private const string Discriminator = "kind";

    /// <summary>Changes sizes.</summary>
    /// <param name="preset">The network.</param>
    /// <param name="sizes">Names of the config's fields, in any case, with values; lists and groups as YAML gives them.</param>
    /// <exception cref="ArgumentException">A name is unknown, or a value does not fit.</exception>
    public static SemanticNetworkConfig Apply(SemanticNetworkConfig preset, IReadOnlyDictionary<string, object> sizes)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(sizes);
        var node = JsonSerializer.SerializeToNode(preset)!.AsObject(); // a record is an object
        try
        {
            Merge(node, sizes.Select(pair => (pair.Key, (object?)pair.Value)), preset.Name);
            return node.Deserialize<SemanticNetworkConfig>()!; // likewise
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new ArgumentException($"semantic.sizes does not fit {preset.Name}: {fault.Message}", fault);
        }
    }

    private static void Merge(JsonObject target, IEnumerable<(string Key, object? Value)> changes, string where)
    {
        foreach (var (key, value) in changes)
        {
            var name = target.Select(pair => pair.Key).FirstOrDefault(own => own.Equals(key, StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentException($"semantic.sizes: {where} has no {key}; it has {string.Join(", ", target.Select(pair => pair.Key))}");
            if (value is IDictionary group && target[name] is JsonObject inner && !IsOfAnotherKind(inner, group))
            {
                Merge(inner, Pairs(group), name);
            }
            else
            {
                target[name] = ToJson(value);
            }
        }
    }

    private static bool IsOfAnotherKind(JsonObject inner, IDictionary group) => group.Contains(Discriminator) && inner[Discriminator]?.GetValue<string>() != group[Discriminator]?.ToString();

    private static IEnumerable<(string, object?)> Pairs(IDictionary group) => group.Keys.Cast<object>().Select(key => (key.ToString()!, group[key])); // keys of YAML are not null

    // A kind must come first for the reader to know what follows; names of fields begin with a capital.
    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary group => new JsonObject(Pairs(group).OrderBy(pair => pair.Item1 != Discriminator)
            .Select(pair => KeyValuePair.Create(pair.Item1 == Discriminator ? Discriminator : char.ToUpperInvariant(pair.Item1[0]) + pair.Item1[1..], ToJson(pair.Item2)))),
        IEnumerable list and not string => new JsonArray([.. list.Cast<object?>().Select(ToJson)]),
        _ => Scalar(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };

    private static JsonValue Scalar(string text) =>
        bool.TryParse(text, out var flag) ? JsonValue.Create(flag)
        : long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? JsonValue.Create(real)
        : JsonValue.Create(text);
}
