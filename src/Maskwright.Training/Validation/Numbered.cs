using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Training.Validation;

/// <summary>Masks drawn over one another as numbers.</summary>
internal static class Numbered
{
    /// <param name="size">Of every mask.</param>
    /// <param name="masks">With their numbers; later ones lie above.</param>
    public static LabelMap Draw(ImageSize size, IEnumerable<(RunLengthMask Mask, int Number)> masks)
    {
        var map = new LabelMap(size, new int[size.PixelCount]);
        foreach (var (mask, number) in masks)
        {
            var plain = mask.ToBinaryMask();
            var bounds = mask.Bounds;
            for (var y = bounds.Y; y < bounds.Bottom; y++)
            {
                var row = map.Row(y);
                for (var x = bounds.X; x < bounds.Right; x++)
                {
                    row[x] = plain[x, y] ? number : row[x];
                }
            }
        }

        return map;
    }
}
