using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Masks;

namespace Maskwright.Formats.Voc;

/// <summary>Reads VOC's label images: palette indices, or the colours that some tools write instead of them.</summary>
internal static class VocLabels
{
    private const int ColourTypeAt = 25; // in the header of a PNG file
    private const int VoidColour = 0xE0E0C0;

    /// <summary>The numbers of colours in VOC's own palette.</summary>
    public static Dictionary<int, int> Palette { get; } = Enumerable.Range(0, 256).ToDictionary(label => Colour(VocPalette.Colours.Slice(3 * label, 3)), label => label);

    /// <summary>The numbers of colours as <c>labelmap.txt</c> gives them; VOC's palette where there is no such file.</summary>
    public static Dictionary<int, int> Of(string folder)
    {
        var path = Path.Combine(folder, VocNames.LabelMapFile);
        if (!File.Exists(path))
        {
            return Palette;
        }

        var colours = new Dictionary<int, int> { [VoidColour] = LabelledObjects.Void };
        var lines = Folders.TextLines.Read(path);
        for (int i = 0, label = -1; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0 || lines[i].StartsWith('#'))
            {
                continue;
            }

            label += label < 0 && !VocNames.IsBackground(lines[i].Split(':')[0].Trim()) ? 2 : 1;
            if (lines[i].Split(':') is [_, { Length: > 0 } text, ..] && Array.ConvertAll(text.Split(','), part => byte.TryParse(part.Trim(), out var value) ? value : -1) is [>= 0 and var red, >= 0 and var green, >= 0 and var blue])
            {
                colours.TryAdd(red << 16 | green << 8 | blue, label);
            }
        }

        return colours;
    }

    /// <summary>Reads a label image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="colours">The numbers of colours, for an image without palette.</param>
    /// <param name="sameSizeAs">The image's other label image; null when there is none.</param>
    /// <exception cref="InvalidAnnotationException">The file holds no labels, or is of another size than the other one.</exception>
    public static LabelMap Read(string path, Dictionary<int, int> colours, LabelMap? sameSizeAs)
    {
        if (!IsColour(path))
        {
            return LabelledObjects.Read(path, sameSizeAs);
        }

        var image = ImageReader.Read(path, new ImageReadOptions { ApplyColourProfile = false, ApplyOrientation = false });
        if (sameSizeAs is not null && image.Size != sameSizeAs.Size)
        {
            throw new InvalidAnnotationException(path, null, $"is {image.Size}, but the other label image is {sameSizeAs.Size}");
        }

        var labels = new int[image.Width * image.Height];
        for (var i = 0; i < labels.Length; i++)
        {
            var colour = Colour(image.Pixels.Slice(3 * i, 3));
            labels[i] = colours.TryGetValue(colour, out var label) ? label
                : throw new InvalidAnnotationException(path, null, $"has the colour #{colour:x6} at column {i % image.Width}, row {i / image.Width}, which stands for no label");
        }

        return new LabelMap(image.Size, labels);
    }

    private static bool IsColour(string path)
    {
        using var stream = File.OpenRead(path);
        var head = new byte[ColourTypeAt + 1];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[1] == 'P' && head[ColourTypeAt] is 2 or 6;
    }

    private static int Colour(ReadOnlySpan<byte> rgb) => rgb[0] << 16 | rgb[1] << 8 | rgb[2];
}
