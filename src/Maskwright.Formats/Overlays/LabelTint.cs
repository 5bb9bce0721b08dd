using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Formats.Overlays;

/// <summary>Tints a photo by label, each label always in the same colour, so that two label maps can be compared by eye.</summary>
public static class LabelTint
{
    private const double Strength = 0.5;
    private const double VoidStrength = 0.72;

    private static readonly OverlayColour s_void = new(0x60, 0x60, 0x60);

    /// <summary>Paints labels over a photo; borders between labels are drawn in full colour.</summary>
    /// <param name="image">The photo; it stays as it is.</param>
    /// <param name="labels">A label a pixel, of the photo's size.</param>
    /// <param name="background">The label of pixels that stay as they are; null for none.</param>
    /// <param name="unknown">The label of pixels that are painted grey; null for none.</param>
    /// <returns>A picture of the photo's size.</returns>
    /// <exception cref="ArgumentException">The labels have another size than the photo.</exception>
    public static RgbImage Paint(RgbImage image, LabelMap labels, int? background = 0, int? unknown = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(labels);
        if (image.Size != labels.Size)
        {
            throw new ArgumentException($"The labels are {labels.Size}, but the photo is {image.Size}.", nameof(labels));
        }

        var pixels = image.Pixels.ToArray();
        for (var y = 0; y < image.Height; y++)
        {
            var row = labels.Row(y);
            var below = labels.Row(Math.Min(y + 1, image.Height - 1));
            for (var x = 0; x < image.Width; x++)
            {
                if (row[x] != background)
                {
                    var isBorder = row[x] != unknown && (row[x] != row[Math.Min(x + 1, image.Width - 1)] || row[x] != below[x]);
                    var colour = row[x] == unknown ? s_void : Of(row[x]);
                    Mix(pixels.AsSpan(3 * ((y * image.Width) + x), 3), colour, row[x] == unknown ? VoidStrength : isBorder ? 1 : Strength);
                }
            }
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }

    /// <summary>The colour of a label, as web pages write it: <c>#rrggbb</c>.</summary>
    /// <param name="label">The label; colours repeat after some 27.</param>
    public static string HexOf(int label) => Of(label).Hex;

    private static OverlayColour Of(int label) => OverlayPalette.Colours[(int)((uint)label % OverlayPalette.Colours.Count)];

    private static void Mix(Span<byte> pixel, OverlayColour colour, double strength)
    {
        var mixed = new OverlayColour(pixel[0], pixel[1], pixel[2]).MixedWith(colour, strength);
        (pixel[0], pixel[1], pixel[2]) = (mixed.Red, mixed.Green, mixed.Blue);
    }
}
