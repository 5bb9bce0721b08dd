using System.Globalization;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;
using Maskwright.Formats.Xml;
using Maskwright.Geometry;

namespace Maskwright.Formats.Svg;

/// <summary>One SVG drawing of one image's objects.</summary>
internal sealed class SvgDrawing
{
    private static readonly string[] s_notDrawn = ["defs", "clipPath", "mask", "symbol", "pattern", "marker", "metadata", "title", "desc", "style", "script", "linearGradient", "radialGradient", "filter", "namedview"];

    private readonly string _path;
    private readonly DatasetReadOptions _options;
    private readonly LocatedXml _root;

    public SvgDrawing(string path, DatasetReadOptions options) => (_path, _options, _root) = (path, options, XmlFile.Load(path, "svg"));

    /// <summary>Gathers the categories of the drawing.</summary>
    public void Gather(CategoryGathering categories)
    {
        if (Card(_root) is { } card)
        {
            using (card)
            {
                ImageCard.Categories(card.Root).ForEach(categories.Add);
            }
        }

        foreach (var (name, id) in SoundItems.Read(Drawn(_root, SvgTransform.Identity, null, false), item => Tuple.Create(CategoryOf(item, out var known), known), _options).Select(tuple => (tuple.Item1, tuple.Item2)))
        {
            categories.Add(name, id);
        }
    }

    /// <summary>Reads the drawing.</summary>
    /// <param name="stem">The drawing's own name, for an image that is not named.</param>
    /// <param name="categories">The categories by name.</param>
    public AnnotatedImage Read(string stem, Dictionary<string, DatasetCategory> categories)
    {
        using var json = Card(_root);
        var card = json is null ? ImageCard.Empty : ImageCard.Read(json.Root);
        var (size, toPixels) = Frame();
        var objects = SoundItems.Read(Drawn(_root, toPixels, null, _root.Attribute("fill-rule") == "evenodd"), item => Object(item, size, categories), _options);
        return new AnnotatedImage(card.FileName ?? (_root.Optional("title")?.Text is { Length: > 0 } title ? title : stem), size, [.. objects]) { Id = card.Id, Split = card.Split, Attributes = card.Attributes };
    }

    private sealed record Item(LocatedXml Xml, SvgTransform ToPixels, string? Category, bool IsEvenOdd, bool IsGroup);

    // Everything that stands for an object, depth first; a group with a card is one object.
    private IEnumerable<Item> Drawn(LocatedXml parent, SvgTransform toPixels, string? category, bool isEvenOdd)
    {
        foreach (var xml in parent.Children().Where(child => !s_notDrawn.Contains(child.Name)))
        {
            var inner = toPixels.After(Transform(xml));
            var rule = xml.Attribute("fill-rule") is { } given ? given == "evenodd" : isEvenOdd || (xml.Attribute("style")?.Replace(" ", string.Empty, StringComparison.Ordinal).Contains("fill-rule:evenodd", StringComparison.Ordinal) ?? false);
            var isGroup = xml.Name is "g" or "a" or "svg";
            if (isGroup && xml.Optional("metadata") is null)
            {
                foreach (var item in Drawn(xml, inner, xml.Attribute("data-label") ?? xml.Attribute("class") ?? category, rule))
                {
                    yield return item;
                }
            }
            else if ((isGroup || SvgOutline.IsShape(xml.Name)) && !IsBare(xml))
            {
                yield return new Item(xml, inner, category, rule, isGroup);
            }
            else
            {
                _options.PassOver(_path, xml.Fault(string.Empty).Line, $"<{xml.Name}> has no area");
            }
        }
    }

    private static SvgTransform Transform(LocatedXml xml)
    {
        try
        {
            return SvgTransform.Parse(xml.Attribute("transform"));
        }
        catch (FormatException e)
        {
            throw xml.Fault(e.Message, e);
        }
    }

    private static bool IsBare(LocatedXml xml) => xml.Attribute("fill") == "none" || xml.Attribute("display") == "none"
        || (xml.Attribute("style")?.Replace(" ", string.Empty, StringComparison.Ordinal) is { } style && (style.Contains("fill:none", StringComparison.Ordinal) || style.Contains("display:none", StringComparison.Ordinal)));

    private AnnotatedObject Object(Item item, ImageSize size, Dictionary<string, DatasetCategory> categories)
    {
        var category = categories[CategoryOf(item, out _)];
        using var card = Card(item.Xml);
        if (card is not null)
        {
            return ObjectCard.Read(card.Root, category, ObjectCard.IsBox(card.Root) && ObjectCard.BoxOf(card.Root) is { } box ? new BoxShape(box) : Carded(item, size));
        }

        var known = new AnnotatedObject(category, SvgOutline.Read(item.Xml, item.ToPixels, size, item.IsEvenOdd, isOurs: false));
        return item.Xml.Attribute("data-predicted-iou") is null ? known : known with { Score = item.Xml.Number("data-predicted-iou") };
    }

    // With a card, every path is a part: its first ring the outer one, the others holes.
    private static PolygonShape Carded(Item item, ImageSize size) => new([.. (item.IsGroup ? item.Xml.Children().Where(child => SvgOutline.IsShape(child.Name)) : [item.Xml])
        .SelectMany(xml => SvgOutline.Read(xml, item.ToPixels, size, isEvenOdd: true, isOurs: true).ToPolygons(size).Parts)]);

    private string CategoryOf(Item item, out long? id)
    {
        using var card = Card(item.Xml);
        id = card is null ? null : ObjectCard.CategoryIdOf(card.Root);
        return card is not null ? ObjectCard.CategoryOf(card.Root) : item.Xml.Attribute("data-label") ?? item.Xml.Attribute("class") ?? item.Category ?? DatasetCategory.Unlabelled.Name;
    }

    // Other programs write XML into metadata; only JSON is ours.
    private JsonFile? Card(LocatedXml xml) => xml.Optional("metadata") is { } metadata && metadata.Text.StartsWith('{') ? JsonFile.Text(_path, metadata.Text, metadata.Fault(string.Empty).Line ?? 1) : null;

    private (ImageSize Size, SvgTransform ToPixels) Frame()
    {
        double[]? view = _root.Attribute("viewBox") is { } text ? [.. text.Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(word => _root.ToNumber(word, "'viewBox'"))] : null;
        if (view is not (null or [_, _, > 0, > 0]))
        {
            throw _root.Fault("'viewBox' is not left, top, width and height");
        }

        var (width, height) = (Pixels("width") ?? view?[2], Pixels("height") ?? view?[3]);
        if (width is not (>= 0.5 and <= int.MaxValue) || height is not (>= 0.5 and <= int.MaxValue) || Math.Round(width.Value) * Math.Round(height.Value) > int.MaxValue)
        {
            throw _root.Fault("nothing says how large the image is: there is neither a width and height in pixels nor a 'viewBox'");
        }

        var size = new ImageSize((int)Math.Round(width.Value), (int)Math.Round(height.Value));
        return view is null ? (size, SvgTransform.Identity)
            : (size, new SvgTransform(width.Value / view[2], 0, 0, height.Value / view[3], -view[0] * width.Value / view[2], -view[1] * height.Value / view[3]));
    }

    // A length without a unit or in px; others depend on the screen, and then the view box counts.
    private double? Pixels(string name)
    {
        var text = _root.Attribute(name)?.Trim();
        text = text?.EndsWith("px", StringComparison.Ordinal) == true ? text[..^2] : text;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
