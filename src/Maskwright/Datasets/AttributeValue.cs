using System.Globalization;

namespace Maskwright.Datasets;

/// <summary>The value of an attribute: <see cref="TextValue"/>, <see cref="NumberValue"/>, <see cref="IntegerValue"/>, <see cref="FlagValue"/>,
/// <see cref="ListValue"/>, <see cref="GroupValue"/> or <see cref="NoValue"/>.</summary>
public abstract record AttributeValue
{
    private protected AttributeValue()
    {
    }

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator AttributeValue(string text) => new TextValue(text);

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator AttributeValue(long number) => new IntegerValue(number);

    /// <summary>A number.</summary>
    /// <param name="number">The number, finite.</param>
    public static implicit operator AttributeValue(double number) => new NumberValue(number);

    /// <summary>True or false.</summary>
    /// <param name="flag">The flag.</param>
    public static implicit operator AttributeValue(bool flag) => new FlagValue(flag);

    /// <summary>The value as plain text, for formats that hold nothing else: numbers with the shortest digits that read back the same, lists in brackets.</summary>
    public sealed override string ToString() => this switch
    {
        TextValue text => text.Text,
        IntegerValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        NumberValue number => number.Number.ToString("R", CultureInfo.InvariantCulture),
        FlagValue flag => flag.IsSet ? "true" : "false",
        ListValue list => $"[{string.Join(", ", list.Values)}]",
        NoValue => string.Empty,
        GroupValue group => $"{{{string.Join(", ", group.Attributes.Select(a => $"{a.Key}: {a.Value}"))}}}",
        _ => throw new InvalidOperationException("There is no other kind of value."),
    };
}
