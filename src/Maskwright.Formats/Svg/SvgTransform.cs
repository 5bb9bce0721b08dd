using System.Globalization;
using System.Text.RegularExpressions;
using Maskwright.Geometry;

namespace Maskwright.Formats.Svg;

/// <summary>An affine change of coordinates: x' = A x + C y + E, y' = B x + D y + F.</summary>
internal readonly partial record struct SvgTransform(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Leaves everything where it is.</summary>
    public static SvgTransform Identity { get; } = new(1, 0, 0, 1, 0, 0);

    /// <summary>Reads the value of <c>transform</c>: a list of matrix, translate, scale, rotate, skewX and skewY.</summary>
    /// <exception cref="FormatException">The text is no such list.</exception>
    public static SvgTransform Parse(string? text)
    {
        var all = Identity;
        var end = 0;
        foreach (Match part in Pattern().Matches(text ?? string.Empty))
        {
            CheckGap(text, end, part.Index);
            double[] n = [.. part.Groups[2].Value.Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Number)];
            all = all.After(One(part.Groups[1].Value, n));
            end = part.Index + part.Length;
        }

        CheckGap(text, end, text?.Length ?? 0);
        return all;
    }

    /// <summary>First the inner change, then this one.</summary>
    public SvgTransform After(SvgTransform inner) => new(
        (A * inner.A) + (C * inner.B), (B * inner.A) + (D * inner.B), (A * inner.C) + (C * inner.D), (B * inner.C) + (D * inner.D),
        (A * inner.E) + (C * inner.F) + E, (B * inner.E) + (D * inner.F) + F);

    /// <summary>Where a point comes to lie.</summary>
    public PixelPoint Apply(PixelPoint point) => this == Identity ? point : new((A * point.X) + (C * point.Y) + E, (B * point.X) + (D * point.Y) + F);

    private static SvgTransform One(string name, double[] n) => (name, n) switch
    {
        ("matrix", [var a, var b, var c, var d, var e, var f]) => new(a, b, c, d, e, f),
        ("translate", [var x]) => new(1, 0, 0, 1, x, 0),
        ("translate", [var x, var y]) => new(1, 0, 0, 1, x, y),
        ("scale", [var s]) => new(s, 0, 0, s, 0, 0),
        ("scale", [var x, var y]) => new(x, 0, 0, y, 0, 0),
        ("rotate", [var degrees]) => Rotation(degrees),
        ("rotate", [var degrees, var x, var y]) => new SvgTransform(1, 0, 0, 1, x, y).After(Rotation(degrees)).After(new(1, 0, 0, 1, -x, -y)),
        ("skewX", [var degrees]) => new(1, 0, Math.Tan(degrees * Math.PI / 180), 1, 0, 0),
        ("skewY", [var degrees]) => new(1, Math.Tan(degrees * Math.PI / 180), 0, 1, 0, 0),
        _ => throw new FormatException($"'{name}' with {n.Length} numbers is no transform"),
    };

    private static SvgTransform Rotation(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new(cos, sin, -sin, cos, 0, 0);
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value
        : throw new FormatException($"'{(text.Length > 40 ? text[..40] : text)}' in a transform is not a finite number");

    private static void CheckGap(string? text, int from, int to)
    {
        if (text is not null && text[from..to].Trim(' ', ',', '\t', '\n', '\r').Length > 0)
        {
            throw new FormatException("'transform' is no list of transforms");
        }
    }

    [GeneratedRegex(@"([A-Za-z]+)\s*\(([^()]*)\)")]
    private static partial Regex Pattern();
}
