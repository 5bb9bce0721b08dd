using Maskwright.Datasets;
using Maskwright.Datasets.Checking;
using Maskwright.Formats.Overlays;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Cli.Verbs.Data;

/// <summary>Chooses what the contact sheet shows: the worst findings of each kind, then a few images as they come.</summary>
internal sealed class CheckSheet(KnownPictures pictures)
{
    private const int TilesPerKind = 8;
    private const int Samples = 10;
    private const int Columns = 5;
    private const int LargestSide = 2 * ContactSheet.TileSidePixels;

    private readonly SortedDictionary<FindingKind, List<(double Weight, ContactSheetTile Tile)>> _worst = [];
    private readonly List<ContactSheetTile> _samples = [];
    private int _stride = 1;
    private int _seen;

    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => _worst.Count == 0 && _samples.Count == 0;

    /// <summary>Keeps the picture of a finding when it is among the worst of its kind.</summary>
    public void Take(DatasetFinding finding, AnnotatedImage? image, RgbImage? picture)
    {
        if (image is null || picture is null || finding.Kind == FindingKind.ImageWithoutObjects)
        {
            return;
        }

        if (!_worst.TryGetValue(finding.Kind, out var kept))
        {
            _worst.Add(finding.Kind, kept = []);
        }

        if (kept.Count < TilesPerKind || kept.Min(entry => entry.Weight) < finding.Weight)
        {
            kept.Add((finding.Weight, Tile(finding, image, picture)));
            kept.Sort((a, b) => b.Weight.CompareTo(a.Weight));
            kept.RemoveRange(Math.Min(kept.Count, TilesPerKind), kept.Count - Math.Min(kept.Count, TilesPerKind));
        }
    }

    /// <summary>Keeps an image now and then, evenly over all images whatever their number.</summary>
    public void Sample(AnnotatedImage image, RgbImage? picture)
    {
        if (picture is null || _seen++ % _stride != 0)
        {
            return;
        }

        _samples.Add(new ContactSheetTile(Painted(picture, image.Objects, image), image.FileName) { Detail = $"{image.Size}, {image.Objects.Count} object{(image.Objects.Count == 1 ? string.Empty : "s")}" });
        if (_samples.Count > 2 * Samples)
        {
            _stride *= 2;
            var odd = _samples.Where((_, i) => i % 2 == 1).ToHashSet();
            _samples.RemoveAll(odd.Contains);
        }
    }

    /// <summary>Draws the sheet.</summary>
    public RgbImage Render(string title) =>
        ContactSheet.Render(title, [.. _worst.Values.SelectMany(kept => kept.Select(entry => entry.Tile)), .. _samples.Take(Samples)], Columns);

    private ContactSheetTile Tile(DatasetFinding finding, AnnotatedImage image, RgbImage picture)
    {
        var shown = finding.Other is { } other ? SideBySide(picture, pictures.ReadAgain(other.Part, other.Image))
            : finding.ObjectIndex is { } index ? Around(picture, image.Objects[index], image)
            : Painted(picture, image.Objects, image);
        return new ContactSheetTile(shown, CheckReport.Name(finding.Kind).Replace('_', ' ')) { Detail = $"{image.FileName}{(finding.Category is null ? string.Empty : $": {finding.Category}")}", IsMarked = true };
    }

    private static RgbImage Around(RgbImage picture, AnnotatedObject item, AnnotatedImage image)
    {
        var bounds = item.Shape.Bounds;
        var margin = Math.Max(16, 0.3 * Math.Max(bounds.Width, bounds.Height));
        var left = (int)Math.Clamp(bounds.X - margin, 0, picture.Width - 1);
        var top = (int)Math.Clamp(bounds.Y - margin, 0, picture.Height - 1);
        var right = (int)Math.Clamp(bounds.X + bounds.Width + margin, left + 1, picture.Width);
        var bottom = (int)Math.Clamp(bounds.Y + bounds.Height + margin, top + 1, picture.Height);
        var area = new PixelRect(left, top, right - left, bottom - top);
        return picture.Size == image.Size && MaskOf(item, image) is { } mask
            ? Small(OverlayRenderer.Render(picture.Crop(area), [new MaskProposal(mask.PlaceIn(area.Size, -left, -top), 1)], new OverlayOptions { FillOpacity = 0.25, WithNumbers = false }))
            : Small(picture.Crop(area));
    }

    private static RgbImage Painted(RgbImage picture, IReadOnlyList<AnnotatedObject> objects, AnnotatedImage image)
    {
        if (picture.Size != image.Size)
        {
            return Small(picture);
        }

        var masks = objects.Select(item => MaskOf(item, image)).OfType<RunLengthMask>().Where(mask => mask.Area > 0);
        return Small(OverlayRenderer.Render(picture, [.. masks.Select(mask => new MaskProposal(mask, 1))], new OverlayOptions { WithNumbers = false }));
    }

    private static RunLengthMask? MaskOf(AnnotatedObject item, AnnotatedImage image)
    {
        try
        {
            return item.Shape.ToMask(image.Size);
        }
        catch (ArgumentException)
        {
            return null; // told as a finding of its own
        }
    }

    private static RgbImage SideBySide(RgbImage left, RgbImage? right)
    {
        if (right is null)
        {
            return Small(left);
        }

        const int Side = ContactSheet.TileSidePixels;
        var (a, b) = (PillowResize.Resize(left, new ImageSize(Side, Side)), PillowResize.Resize(right, new ImageSize(Side, Side)));
        var pixels = new byte[2 * Side * Side * 3];
        for (var y = 0; y < Side; y++)
        {
            a.Row(y).CopyTo(pixels.AsSpan(2 * y * Side * 3));
            b.Row(y).CopyTo(pixels.AsSpan(((2 * y) + 1) * Side * 3));
        }

        return new RgbImage(2 * Side, Side, pixels);
    }

    private static RgbImage Small(RgbImage picture)
    {
        var scale = (double)LargestSide / Math.Max(picture.Width, picture.Height);
        return scale >= 1 ? picture : PillowResize.Resize(picture, new ImageSize(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale))));
    }
}
