using Maskwright.Formats.Png;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Formats.Overlays;

/// <summary>Writes one PNG a mask with what it cuts out of the photo: opaque inside, transparent outside.</summary>
public sealed class CutoutWriter : IMaskWriter
{
    /// <summary>Whether the picture is cut to the mask's bounds; otherwise it keeps the photo's size. An empty mask keeps the photo's size.</summary>
    public bool CropToBounds { get; init; }

    /// <inheritdoc/>
    public string FormatName => "cutout";

    /// <inheritdoc/>
    public string Suffix => ".cutout.png";

    /// <inheritdoc/>
    public string Description => "STEM.cutout.png, the photo inside the mask on a transparent ground; STEM.cutout-0.png, ... for several masks";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return FileEachMask.Write(request, Suffix, (i, path) => Write(request.Image, request.Proposals[i].Mask, path), cancellationToken);
    }

    private void Write(RgbImage image, RunLengthMask mask, string path)
    {
        var area = CropToBounds && !mask.Bounds.IsEmpty ? mask.Bounds : image.Size.Bounds;
        AtomicFile.Write(path, stream => Write(stream, image, mask.ToBinaryMask(), area));
    }

    private static void Write(Stream stream, RgbImage image, BinaryMask mask, PixelRect area)
    {
        using var png = new PngFile(stream, area.Size, PngPixels.Rgba8);
        var opacity = new byte[mask.WordsPerRow * 64];
        var row = new byte[area.Width * 4];
        for (var y = area.Y; y < area.Bottom; y++)
        {
            MaskPng.Expand(mask.Row(y), opacity);
            CutRow(image.Row(y)[(area.X * 3)..], opacity.AsSpan(area.X), row);
            png.WriteRow(row);
        }

        png.Complete();
    }

    // Colours outside are black too, so that nothing of the photo stays in the file there.
    private static void CutRow(ReadOnlySpan<byte> photo, ReadOnlySpan<byte> opacity, Span<byte> row)
    {
        for (int x = 0, i = 0; i < row.Length; x++, i += 4)
        {
            row[i] = (byte)(photo[3 * x] & opacity[x]);
            row[i + 1] = (byte)(photo[(3 * x) + 1] & opacity[x]);
            row[i + 2] = (byte)(photo[(3 * x) + 2] & opacity[x]);
            row[i + 3] = opacity[x];
        }
    }
}
