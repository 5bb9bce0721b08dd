using System.Globalization;
using System.Text;

namespace Maskwright.Formats.Amg;

/// <summary>Numbers and strings as Python prints them, so that files can equal those of Python tools byte for byte.</summary>
internal static class PythonText
{
    /// <summary>A float as <c>repr</c> prints it: the shortest digits that read back as the same number.</summary>
    /// <remarks>Positional from 1e-4 up to below 1e16, always with a point; else an exponent of at least two digits. <c>nan</c>, <c>inf</c>, <c>-inf</c>.</remarks>
    public static string Float(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var sign = double.IsNegative(value) ? "-" : string.Empty;
        if (value == 0)
        {
            return sign + "0.0";
        }

        var (digits, point) = ShortestDigits(Math.Abs(value));
        return sign + (point is > -4 and <= 16 ? Positional(digits, point) : Scientific(digits, point - 1));
    }

    /// <summary>A float as <c>json.dump</c> prints it: <c>repr</c>, but for <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>.</summary>
    public static string JsonFloat(double value) =>
        double.IsFinite(value) ? Float(value) : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    /// <summary>An integer as Python prints it.</summary>
    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A string as <c>json.dump</c> prints it by default: in quotes, in plain ASCII.</summary>
    public static string JsonString(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\f' => quoted.Append("\\f"),
                '\b' => quoted.Append("\\b"),
                < ' ' or > '~' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    // The value is 0.DIGITS times ten to the power of the second number.
    private static (string Digits, int Point) ShortestDigits(double value)
    {
        var text = RoundTripText(value);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var digits = mantissa.Replace(".", string.Empty, StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), point - (digits.Length - significant.Length));
    }

    // At a few powers of two (2^-25 is one) the platform's shortest digits belong to the number below; seventeen digits are right always.
    private static string RoundTripText(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var isExact = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) == value;
        return isExact ? text : value.ToString("E16", CultureInfo.InvariantCulture);
    }

    private static string Positional(string digits, int point)
    {
        if (point <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }

        return point >= digits.Length ? digits + new string('0', point - digits.Length) + ".0" : $"{digits[..point]}.{digits[point..]}";
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
