using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The exact border of a mask: closed rings along pixel edges, outer rings and holes.</summary>
/// <remarks>
/// Filling the rings by the even-odd rule, or by the non-zero rule, gives the mask back pixel for pixel. Pixels that touch at a corner only do not
/// share a ring, and a ring that comes back to a corner is cut in two there, so every ring is a simple polygon.
/// </remarks>
public sealed class PixelOutline
{
    private PixelOutline(IReadOnlyList<PixelRing> rings) => Rings = rings;

    /// <summary>The rings, in the order in which a walk row by row meets them; empty for an empty mask.</summary>
    public IReadOnlyList<PixelRing> Rings { get; }

    /// <summary>Follows the border of a mask.</summary>
    /// <param name="mask">The mask.</param>
    public static PixelOutline Of(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return new PixelOutline(new CrackFollowing(mask, 0, 0).Rings());
    }

    /// <summary>Follows the border of a mask, looking only at its bounds.</summary>
    /// <param name="mask">The mask.</param>
    /// <returns>Rings in the frame of the whole image.</returns>
    public static PixelOutline Of(RunLengthMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Area == 0)
        {
            return new PixelOutline([]);
        }

        var bounds = mask.Bounds;
        var inBounds = mask.PlaceIn(bounds.Size, -bounds.X, -bounds.Y).ToBinaryMask();
        return new PixelOutline(new CrackFollowing(inBounds, bounds.X, bounds.Y).Rings());
    }

    /// <summary>Fills the rings by the even-odd rule.</summary>
    /// <param name="size">The image's size; the rings must lie on it.</param>
    public BinaryMask Fill(Geometry.ImageSize size)
    {
        var mask = new BinaryMask(size);
        foreach (var ring in Rings)
        {
            var previous = ring.Corners[^1];
            foreach (var corner in ring.Corners)
            {
                FlipRightOf(mask, corner.X, Math.Min(previous.Y, corner.Y), Math.Max(previous.Y, corner.Y));
                previous = corner;
            }
        }

        return mask;
    }

    private static void FlipRightOf(BinaryMask mask, int x, int top, int bottom)
    {
        for (var y = top; y < bottom && x < mask.Width; y++)
        {
            var row = mask.Row(y);
            row[x >> 6] ^= ulong.MaxValue << (x & 63);
            for (var i = (x >> 6) + 1; i < row.Length; i++)
            {
                row[i] = ~row[i];
            }

            if ((mask.Width & 63) != 0)
            {
                row[^1] &= (1UL << (mask.Width & 63)) - 1;
            }
        }
    }
}
