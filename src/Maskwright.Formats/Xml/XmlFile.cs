using System.Xml;
using System.Xml.Linq;
using Maskwright.Formats.Folders;

namespace Maskwright.Formats.Xml;

/// <summary>Reads XML files from strangers: no document type, so no entities; nothing is ever fetched.</summary>
internal static class XmlFile
{
    private const long MaxItemBytes = 256L << 20;
    private const int MaxDepth = 256;

    /// <summary>Reads a small file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rootName">What the outermost element must be called.</param>
    /// <exception cref="InvalidAnnotationException">The file is not such XML.</exception>
    public static LocatedXml Load(string path, string rootName)
    {
        using var stream = Bounded(path);
        return Guard(path, () =>
        {
            CheckDepth(path);
            using var reader = Open(stream);
            reader.MoveToContent();
            CheckRoot(path, reader, rootName);
            return new LocatedXml(path, XElement.Load(reader, LoadOptions.SetLineInfo));
        });
    }

    /// <summary>Goes through the outermost element's children, holding one at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rootName">What the outermost element must be called.</param>
    public static IEnumerable<LocatedXml> Children(string path, string rootName)
    {
        using var stream = Bounded(path);
        using var reader = Guard(path, () => Open(stream));
        Guard(path, () => reader.MoveToContent());
        CheckRoot(path, reader, rootName);
        var isInside = !reader.IsEmptyElement && Guard(path, reader.Read);
        while (isInside && Guard(path, () => MoveToElement(reader)))
        {
            stream.Reset();
            yield return Guard(path, () => Next(path, reader));
        }

        stream.Reset();
        Guard(path, () => ReadToEnd(reader));
    }

    private static BoundedStream Bounded(string path) => new(File.OpenRead(path), path, MaxItemBytes);

    private static bool ReadToEnd(XmlReader reader)
    {
        while (reader.Read())
        {
        }

        return true;
    }

    private static bool MoveToElement(XmlReader reader)
    {
        while (reader.NodeType != XmlNodeType.Element)
        {
            if (reader.NodeType == XmlNodeType.EndElement || !reader.Read())
            {
                return false;
            }
        }

        return true;
    }

    private static LocatedXml Next(string path, XmlReader reader)
    {
        using var subtree = reader.ReadSubtree();
        var element = XElement.Load(subtree, LoadOptions.SetLineInfo);
        subtree.Close();
        reader.Read(); // from the element's end to what follows
        return new LocatedXml(path, element);
    }

    private static XmlReader Open(Stream stream) => XmlReader.Create(stream, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    private static void CheckRoot(string path, XmlReader reader, string rootName)
    {
        if (reader.LocalName != rootName)
        {
            throw new InvalidAnnotationException(path, ((IXmlLineInfo)reader).LineNumber, $"the outermost element is <{reader.LocalName}>, not <{rootName}>");
        }
    }

    // The element tree is walked by recursion in places, so that a tower of elements could overflow the stack.
    private static void CheckDepth(string path)
    {
        using var stream = Bounded(path);
        using var reader = Open(stream);
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
            {
                throw new InvalidAnnotationException(path, ((IXmlLineInfo)reader).LineNumber, $"elements are nested more than {MaxDepth} deep");
            }
        }
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException e)
        {
            if (e.Message.Contains("DTD", StringComparison.Ordinal))
            {
                var before = FileBeginning.Read(path).Split("<!DOCTYPE")[0];
                throw new InvalidAnnotationException(path, 1 + before.Count(c => c == '\n'), "has a document type (<!DOCTYPE>), which could define entities; it is refused", e);
            }

            var reason = $"not XML: {e.Message.Split(" Line ")[0].TrimEnd('.', ' ')}";
            throw new InvalidAnnotationException(path, e.LineNumber > 0 ? e.LineNumber : null, $"column {e.LinePosition}: {reason}", e);
        }
    }
}
