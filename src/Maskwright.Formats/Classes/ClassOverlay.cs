using System.Globalization;
using Maskwright.Formats.Overlays;
using Maskwright.Images;
using Maskwright.Masks;
using SkiaSharp;

namespace Maskwright.Formats.Classes;

/// <summary>Draws the classes of an image on it, with a legend beside it.</summary>
public static class ClassOverlay
{
    private const float Opacity = 0.5f;
    private const int Margin = 12;

    private static readonly SKColor s_paper = new(0xFA, 0xFA, 0xF8);
    private static readonly SKColor s_ink = new(0x22, 0x22, 0x22);

    /// <summary>Draws the picture.</summary>
    /// <param name="image">The photo; it stays as it is.</param>
    /// <param name="proposals">One mask a class, with <see cref="MaskProposal.ClassNumber"/>; they do not overlap.</param>
    /// <returns>The photo with every class in a colour of its own, and to its right the names and shares, the largest first. At least as large as the photo.</returns>
    /// <exception cref="ArgumentException">A mask has another size than the photo, or no class number.</exception>
    public static RgbImage Render(RgbImage image, IReadOnlyList<MaskProposal> proposals)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(proposals);
        var request = new MaskWriteRequest { Image = image, ImagePath = string.Empty, Proposals = proposals, OutputFolder = string.Empty };
        var labels = ClassLabels.Of(request);
        var colours = Colours(proposals.Select(p => p.ClassNumber!.Value)); // ClassLabels has asked for the numbers
        using var painted = SkiaPixels.ToBitmap(Paint(image, labels, colours));
        MaskProposal[] rows = [.. proposals.OrderByDescending(p => p.Area)];
        var height = Math.Clamp(image.Size.LongestSide / 80f, 8f, 32f);
        string[] lines = [.. rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Label} {100.0 * row.Area / image.Size.PixelCount:0.0} %"))];
        var legend = lines.Length == 0 ? 0 : (int)(lines.Max(line => StrokeText.Width(line, height)) + (2 * height) + (3 * Margin));
        var needed = (int)((rows.Length * 2.2f * height) + (2 * Margin));
        using var sheet = new SKBitmap(new SKImageInfo(image.Width + legend, Math.Max(image.Height, rows.Length == 0 ? 0 : needed), SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(sheet))
        {
            canvas.Clear(s_paper);
            canvas.DrawBitmap(painted, 0, 0, SKSamplingOptions.Default);
            for (var i = 0; i < rows.Length; i++)
            {
                DrawRow(canvas, lines[i], colours[rows[i].ClassNumber!.Value], image.Width + Margin, Margin + (i * 2.2f * height), height); // asked for above
            }
        }

        return SkiaPixels.FromBitmap(sheet);
    }

    private static void DrawRow(SKCanvas canvas, string line, OverlayColour colour, float left, float top, float height)
    {
        using var paint = new SKPaint { Color = new SKColor(colour.Red, colour.Green, colour.Blue) };
        canvas.DrawRect(left, top, 1.5f * height, height, paint);
        StrokeText.Draw(canvas, line, left + (2 * height), top, height, s_ink);
    }

    private static RgbImage Paint(RgbImage image, LabelMap labels, Dictionary<int, OverlayColour> colours)
    {
        var pixels = image.Pixels.ToArray();
        Parallel.For(0, image.Height, y =>
        {
            var row = labels.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                if (colours.TryGetValue(row[x], out var colour))
                {
                    Blend(pixels.AsSpan(3 * ((y * image.Width) + x), 3), colour, IsBorder(labels, x, y) ? 1 : Opacity);
                }
            }
        });
        return new RgbImage(image.Width, image.Height, pixels);
    }

    private static bool IsBorder(LabelMap labels, int x, int y) =>
        (x > 0 && labels.Row(y)[x - 1] != labels.Row(y)[x]) || (y > 0 && labels.Row(y - 1)[x] != labels.Row(y)[x]);

    private static void Blend(Span<byte> pixel, OverlayColour colour, float share)
    {
        pixel[0] = (byte)((pixel[0] * (1 - share)) + (colour.Red * share));
        pixel[1] = (byte)((pixel[1] * (1 - share)) + (colour.Green * share));
        pixel[2] = (byte)((pixel[2] * (1 - share)) + (colour.Blue * share));
    }

    // A class has the same colour in all images, unless a lower number in this one has it too: then the next colour that is free.
    private static Dictionary<int, OverlayColour> Colours(IEnumerable<int> classes)
    {
        var (colours, all, taken) = (new Dictionary<int, OverlayColour>(), OverlayPalette.Colours, new HashSet<int>());
        foreach (var number in classes.Distinct().Order())
        {
            var place = Enumerable.Range(number, all.Count).Select(i => i % all.Count).FirstOrDefault(i => !taken.Contains(i), number % all.Count);
            taken.Add(place);
            colours.Add(number, all[place]);
        }

        return colours;
    }
}
