using Maskwright.Masks;

namespace Maskwright.Datasets.Checking;

/// <summary>How well the border of a mask lies on edges of the image.</summary>
/// <param name="BorderPixels">How many border pixels were looked at; the rim of the image does not count.</param>
/// <param name="Strength">The mean rank of the image's edge strength along the border, in [0,1]: 0.5 is what a border drawn at random gets, 1 the strongest edges of the image.</param>
/// <param name="ShiftX">By how many pixels to the right the mask would have to move to lie on the strongest edges.</param>
/// <param name="ShiftY">The same, downwards.</param>
/// <param name="ShiftedStrength">The mean rank there.</param>
/// <remarks>
/// Edge strength is the length of the central-difference gradient of the luma, replaced by its rank among all pixels of the image, so that
/// contrast and exposure do not matter. Borders inside flat areas, and borders that would be much better a few pixels away, are what a person should look at; they are not always wrong.
/// </remarks>
public sealed record EdgeAgreement(int BorderPixels, double Strength, int ShiftX, int ShiftY, double ShiftedStrength)
{
    /// <summary>The largest shift that is tried, in pixels, in each direction.</summary>
    public const int MaxShiftPixels = 8;

    /// <summary>The shift in pixels.</summary>
    public double ShiftPixels => Math.Sqrt((ShiftX * ShiftX) + (ShiftY * ShiftY));

    /// <summary>Looks at one mask.</summary>
    /// <param name="edges">The image's edges.</param>
    /// <param name="mask">The mask, of the image's size.</param>
    /// <returns>Null when fewer than 24 pixels of border lie inside the image.</returns>
    /// <exception cref="ArgumentException">The mask has another size than the image.</exception>
    public static EdgeAgreement? Measure(EdgeMap edges, BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Size != edges.Size)
        {
            throw new ArgumentException($"The mask is {mask.Size}, the image is {edges.Size}.", nameof(mask));
        }

        var border = Border(mask);
        return border.Count < MinBorderPixels ? null : BestOf(edges, border);
    }

    private const int MinBorderPixels = 24;
    private const int MaxBorderPixels = 2000;

    private static EdgeAgreement BestOf(EdgeMap edges, List<(int X, int Y)> border)
    {
        var here = edges.MeanRank(border, 0, 0);
        var best = (X: 0, Y: 0, Strength: here);
        for (var y = -MaxShiftPixels; y <= MaxShiftPixels; y++)
        {
            for (var x = -MaxShiftPixels; x <= MaxShiftPixels; x++)
            {
                var strength = edges.MeanRank(border, x, y);
                best = strength > best.Strength ? (x, y, strength) : best;
            }
        }

        return new EdgeAgreement(border.Count, here, best.X, best.Y, best.Strength);
    }

    // Pixels of the mask with a neighbour outside it, thinned to a bounded number; those on the image's rim are no border of the object.
    private static List<(int X, int Y)> Border(BinaryMask mask)
    {
        var bounds = mask.Bounds();
        var border = new List<(int X, int Y)>();
        for (var y = Math.Max(bounds.Y, 1); y < Math.Min(bounds.Bottom, mask.Height - 1); y++)
        {
            for (var x = Math.Max(bounds.X, 1); x < Math.Min(bounds.Right, mask.Width - 1); x++)
            {
                if (mask[x, y] && !(mask[x - 1, y] && mask[x + 1, y] && mask[x, y - 1] && mask[x, y + 1]))
                {
                    border.Add((x, y));
                }
            }
        }

        var step = (border.Count + MaxBorderPixels - 1) / MaxBorderPixels;
        return step <= 1 ? border : [.. border.Where((_, i) => i % step == 0)];
    }
}
