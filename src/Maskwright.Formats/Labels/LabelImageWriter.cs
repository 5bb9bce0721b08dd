using System.Buffers.Binary;
using Maskwright.Formats.Png;
using Maskwright.Masks;

namespace Maskwright.Formats.Labels;

/// <summary>Writes all masks of an image as one PNG of numbers: 0 background, 1 the largest mask, small masks over large ones.</summary>
/// <remarks>The numbering of segment-geospatial's <c>unique</c> rasters.</remarks>
public sealed class LabelImageWriter : IMaskWriter
{
    /// <summary>The most masks that a file can hold apart.</summary>
    public const int MaxLabels = ushort.MaxValue;

    private const int MaxPaletteLabels = byte.MaxValue;

    /// <summary>Whether files of up to 255 labels get a palette, so that they look like something; programs that expand palettes then see
    /// colours instead of numbers.</summary>
    public bool WithPalette { get; init; }

    /// <inheritdoc/>
    public string FormatName => WithPalette ? "labels-palette" : "labels";

    /// <inheritdoc/>
    public string Suffix => WithPalette ? ".labels-palette.png" : ".labels.png";

    /// <inheritdoc/>
    public string Description => WithPalette
        ? "STEM.labels-palette.png as labels, shown in VOC's colours where there are at most 255 masks"
        : "STEM.labels.png, one grey number a mask by falling area, 8 or 16 bit as the count needs";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var path = OutputPlace.PrepareFile(request, request.PathFor(Suffix));
        var labels = LabelMap.FromProposals(request.Size, request.Proposals);
        cancellationToken.ThrowIfCancellationRequested();
        Write(labels, request.Proposals.Count, path, WithPalette);
        return [path];
    }

    /// <summary>Writes labels: 8 bit up to 255, else 16 bit.</summary>
    /// <param name="labels">The labels, each 0..<paramref name="maxLabel"/>.</param>
    /// <param name="maxLabel">The largest label that may occur, which decides the depth; at most <see cref="MaxLabels"/>.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="withPalette">Whether an 8-bit file gets VOC's palette.</param>
    /// <exception cref="UnsupportedFormatException">There are more labels than 16 bits can hold.</exception>
    public static void Write(LabelMap labels, int maxLabel, string path, bool withPalette = false)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (maxLabel > MaxLabels)
        {
            throw new UnsupportedFormatException(path, $"a PNG of labels holds at most {MaxLabels} masks, not {maxLabel}");
        }

        var pixels = maxLabel > MaxPaletteLabels ? PngPixels.Grey16 : withPalette ? PngPixels.Indexed8 : PngPixels.Grey8;
        AtomicFile.Write(path, stream => Write(stream, labels, pixels));
    }

    private static void Write(Stream stream, LabelMap labels, PngPixels pixels)
    {
        using var png = new PngFile(stream, labels.Size, pixels, pixels == PngPixels.Indexed8 ? VocPalette.Colours : default);
        var bytesPerLabel = pixels == PngPixels.Grey16 ? 2 : 1;
        var bytes = new byte[labels.Size.Width * bytesPerLabel];
        for (var y = 0; y < labels.Size.Height; y++)
        {
            Narrow(labels.Row(y), bytes, bytesPerLabel);
            png.WriteRow(bytes);
        }

        png.Complete();
    }

    private static void Narrow(ReadOnlySpan<int> labels, Span<byte> bytes, int bytesPerLabel)
    {
        for (var x = 0; x < labels.Length; x++)
        {
            if (bytesPerLabel == 1)
            {
                bytes[x] = (byte)labels[x];
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes[(2 * x)..], (ushort)labels[x]);
            }
        }
    }
}
