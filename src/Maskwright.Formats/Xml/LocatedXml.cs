using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Maskwright.Datasets;

namespace Maskwright.Formats.Xml;

/// <summary>An element of an XML file whose faults are reported with file, line and column.</summary>
internal readonly struct LocatedXml(string path, XElement element)
{
    /// <summary>The element's name without a namespace.</summary>
    public string Name => element.Name.LocalName;

    /// <summary>The element's text without outer spaces.</summary>
    public string Text => element.Value.Trim();

    /// <summary>The element itself.</summary>
    public XElement Element => element;

    /// <summary>The elements directly inside.</summary>
    public IEnumerable<LocatedXml> Children()
    {
        foreach (var child in element.Elements())
        {
            yield return new LocatedXml(path, child);
        }
    }

    /// <summary>The elements of one name directly inside.</summary>
    public IEnumerable<LocatedXml> Children(string name) => Children().Where(child => child.Name == name);

    /// <summary>The element of this name directly inside; null when there is none.</summary>
    /// <exception cref="InvalidAnnotationException">There are several.</exception>
    public LocatedXml? Optional(string name)
    {
        LocatedXml? found = null;
        foreach (var child in Children(name))
        {
            found = found is null ? child : throw child.Fault($"<{name}> stands in <{Name}> twice");
        }

        return found;
    }

    /// <summary>The element of this name directly inside.</summary>
    public LocatedXml Child(string name) => Optional(name) ?? throw Fault($"<{Name}> has no <{name}>");

    /// <summary>An attribute; null when it is missing.</summary>
    public string? Attribute(string name) => element.Attribute(name)?.Value;

    /// <summary>An attribute that must be there.</summary>
    public string Required(string name) => Attribute(name) ?? throw Fault($"<{Name}> has no '{name}'");

    /// <summary>An attribute that is a finite number.</summary>
    public double Number(string name) => ToNumber(Required(name), $"'{name}'");

    /// <summary>An attribute that is a whole number between bounds, both included.</summary>
    public int Integer(string name, int least, int most) => ToInteger(Required(name), $"'{name}'", least, most);

    /// <summary>The text as a finite number.</summary>
    public double Number() => ToNumber(Text, $"<{Name}>");

    /// <summary>The text as a whole number between bounds, both included.</summary>
    public int Integer(int least, int most) => ToInteger(Text, $"<{Name}>", least, most);

    /// <summary>An attribute that is 0, 1, true or false; missing means false.</summary>
    public bool Flag(string name) => Attribute(name) is { } text && ToFlag(text, $"'{name}'");

    /// <summary>The text as 0, 1, true or false.</summary>
    public bool Flag() => ToFlag(Text, $"<{Name}>");

    /// <summary>A number out of a list of numbers.</summary>
    public double ToNumber(ReadOnlySpan<char> text, string what) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Fault($"{what} is '{Shown(text)}', not a finite number");

    /// <summary>Attributes that were gathered from this element.</summary>
    public DatasetAttributes Attributes(IReadOnlyCollection<KeyValuePair<string, AttributeValue>> entries)
    {
        try
        {
            return entries.Count == 0 ? DatasetAttributes.Empty : new DatasetAttributes(entries);
        }
        catch (ArgumentException e)
        {
            throw Fault(e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>A fault of this element.</summary>
    public InvalidAnnotationException Fault(string reason, Exception? inner = null)
    {
        IXmlLineInfo place = element;
        return place.HasLineInfo()
            ? new InvalidAnnotationException(path, place.LineNumber, $"column {place.LinePosition}: {reason}", inner)
            : new InvalidAnnotationException(path, null, reason, inner);
    }

    private int ToInteger(string text, string what, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Fault($"{what} is '{Shown(text)}', not a whole number of {least} to {most}");

    private bool ToFlag(string text, string what) => text switch
    {
        "1" or "true" or "True" => true,
        "0" or "false" or "False" => false,
        _ => throw Fault($"{what} is '{Shown(text)}', neither true nor false"),
    };

    private static string Shown(ReadOnlySpan<char> text) => text.Length > 40 ? $"{text[..40]}…" : text.ToString();
}
