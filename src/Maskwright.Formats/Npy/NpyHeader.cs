using System.Globalization;
using System.Text.RegularExpressions;

namespace Maskwright.Formats.Npy;

/// <summary>The dictionary at the start of a <c>.npy</c> file.</summary>
internal sealed partial record NpyHeader(NpyElementType ElementType, bool IsBigEndian, bool IsFortranOrder, int[] Shape)
{
    private static readonly Dictionary<string, NpyElementType> Types = new(StringComparer.Ordinal)
    {
        ["b1"] = NpyElementType.Boolean,
        ["u1"] = NpyElementType.UInt8,
        ["i1"] = NpyElementType.Int8,
        ["u2"] = NpyElementType.UInt16,
        ["i2"] = NpyElementType.Int16,
        ["u4"] = NpyElementType.UInt32,
        ["i4"] = NpyElementType.Int32,
        ["u8"] = NpyElementType.UInt64,
        ["i8"] = NpyElementType.Int64,
        ["f2"] = NpyElementType.Float16,
        ["f4"] = NpyElementType.Float32,
        ["f8"] = NpyElementType.Float64,
    };

    /// <summary>The number of elements; more than an array can hold is possible in a header that lies.</summary>
    public long Count => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, (a, b) => a > long.MaxValue / b ? long.MaxValue : a * b);

    public static string Code(NpyElementType type) => Types.First(t => t.Value == type).Key;

    public static NpyHeader Parse(string text, string path)
    {
        var descr = DescrPattern().Match(text);
        var order = OrderPattern().Match(text);
        var shape = ShapePattern().Match(text);
        if (!order.Success || !shape.Success || !text.Contains("'descr'", StringComparison.Ordinal))
        {
            throw new InvalidAnnotationException(path, null, $"the header of the .npy file is not understood: {Shown(text)}");
        }

        if (!descr.Success || !Types.TryGetValue(descr.Groups[2].Value, out var type))
        {
            throw new UnsupportedFormatException(path, $"the element type of the .npy file is not a number or boolean: {Shown(text)}");
        }

        return new NpyHeader(type, descr.Groups[1].Value == ">", order.Groups[1].Value == "True", ParseShape(shape.Groups[1].Value, path));
    }

    private static int[] ParseShape(string text, string path)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(parts, part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new InvalidAnnotationException(path, null, $"the shape of the .npy file has an axis that is no length: '{part}'"));
    }

    private static string Shown(string text) => text.Length > 120 ? text[..120].Trim() + "…" : text.Trim();

    [GeneratedRegex(@"'descr'\s*:\s*'([<>|=]?)([a-zA-Z]\d+)'")]
    private static partial Regex DescrPattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
