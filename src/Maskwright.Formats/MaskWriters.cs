using Maskwright.Formats.Amg;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Labels;
using Maskwright.Formats.Overlays;
using Maskwright.Formats.Png;
using Maskwright.Formats.Svg;

namespace Maskwright.Formats;

/// <summary>The formats that masks are written in, by name, each with its default options.</summary>
public static class MaskWriters
{
    /// <summary>Every format, in the order in which help lists them.</summary>
    public static IReadOnlyList<IMaskWriter> All { get; } =
    [
        new AmgFolderWriter(),
        new AmgJsonWriter(),
        new CocoWriter(),
        new Sa1bWriter(),
        new MaskPngWriter(),
        new LabelImageWriter(),
        new LabelImageWriter { WithPalette = true },
        new SvgWriter(),
        new CutoutWriter(),
        new OverlayWriter(),
    ];

    /// <summary>Finds a format.</summary>
    /// <param name="formatName">A name of <see cref="All"/>; upper and lower case are the same.</param>
    /// <returns>The writer; null when there is no format of this name.</returns>
    public static IMaskWriter? Find(string formatName) =>
        All.FirstOrDefault(writer => string.Equals(writer.FormatName, formatName, StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets a format.</summary>
    /// <param name="formatName">A name of <see cref="All"/>; upper and lower case are the same.</param>
    /// <exception cref="ArgumentException">There is no format of this name; the message lists those there are.</exception>
    public static IMaskWriter Get(string formatName) =>
        Find(formatName)
        ?? throw new ArgumentException($"There is no mask format '{formatName}'. Formats: {string.Join(", ", All.Select(writer => writer.FormatName))}.", nameof(formatName));
}
