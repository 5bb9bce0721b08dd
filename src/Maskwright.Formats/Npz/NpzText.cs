using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Maskwright.Formats.Npy;

namespace Maskwright.Formats.Npz;

/// <summary>NumPy's arrays of texts: UTF-32, all of the longest one's length, filled up with zeros.</summary>
internal static partial class NpzText
{
    private const int MaxTexts = 1 << 20;
    private const int MaxLength = 1 << 16;

    /// <summary>Writes a list.</summary>
    public static void Write(Stream stream, IReadOnlyList<string> texts)
    {
        var runes = texts.Select(text => text.EnumerateRunes().Select(rune => rune.Value).ToArray()).ToList();
        var length = Math.Max(1, runes.Count == 0 ? 1 : runes.Max(text => text.Length));
        var bytes = new byte[4L * length * texts.Count];
        for (var i = 0; i < runes.Count; i++)
        {
            for (var j = 0; j < runes[i].Length; j++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * ((i * length) + j)), runes[i][j]);
            }
        }

        stream.Write(NpyWriter.Header(string.Create(CultureInfo.InvariantCulture, $"<U{length}"), [texts.Count]));
        stream.Write(bytes);
    }

    /// <summary>Reads a list.</summary>
    public static List<string> Read(Stream stream, string name)
    {
        var header = NpyReader.ReadHeader(stream, name);
        var match = Pattern().Match(header);
        if (!match.Success || header.Contains("'fortran_order': True", StringComparison.Ordinal))
        {
            throw new InvalidAnnotationException(name, null, "is not a list of texts");
        }

        var (length, count) = (int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture));
        if (length is < 1 or > MaxLength || count > MaxTexts)
        {
            throw new InvalidAnnotationException(name, null, $"{count} texts of {length} characters are too many");
        }

        var texts = new List<string>();
        var bytes = new byte[4 * length];
        for (var i = 0; i < count; i++)
        {
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw new InvalidAnnotationException(name, null, $"is cut off after {i} of {count} texts");
            }

            texts.Add(Text(bytes, match.Groups[1].Value == ">", name));
        }

        return texts;
    }

    private static string Text(byte[] bytes, bool isBigEndian, string name)
    {
        var text = new StringBuilder();
        for (var at = 0; at < bytes.Length; at += 4)
        {
            var value = isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            text.Append(Rune.IsValid(value) ? new Rune(value).ToString() : throw new InvalidAnnotationException(name, null, "holds a character that does not exist"));
        }

        return text.ToString().TrimEnd('\0');
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([<>=|]?)U(\d{1,6})'.*'shape'\s*:\s*\((\d{1,8}),?\)")]
    private static partial Regex Pattern();
}
