namespace Maskwright.Graphs.Weights.Safetensors;

/// <summary>The names of element types in a safetensors header.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, ElementType> ByName = new()
    {
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["F64"] = ElementType.Float64,
        ["I8"] = ElementType.Int8,
        ["U8"] = ElementType.UInt8,
        ["I16"] = ElementType.Int16,
        ["U16"] = ElementType.UInt16,
        ["I32"] = ElementType.Int32,
        ["U32"] = ElementType.UInt32,
        ["I64"] = ElementType.Int64,
        ["U64"] = ElementType.UInt64,
        ["BOOL"] = ElementType.Bool,
    };

    private static readonly Dictionary<ElementType, string> ByType = ByName.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static bool TryParse(string name, out ElementType type) => ByName.TryGetValue(name, out type);

    public static string Name(ElementType type) => ByType[type];
}
