using Maskwright.Geometry;

namespace Maskwright.Metrics;

/// <summary>An upright box as COCO writes it, left, top, width and height, kept exactly as read so that overlaps come out to the last bit.</summary>
/// <param name="X">Left edge, in pixels.</param>
/// <param name="Y">Top edge, in pixels.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
public readonly record struct ObjectBox(double X, double Y, double Width, double Height)
{
    /// <summary>Width times height, in pixels.</summary>
    public double Area => Width * Height;

    /// <summary>The box around a mask's pixels.</summary>
    /// <param name="bounds">The mask's bounds.</param>
    public static ObjectBox Around(PixelRect bounds) => new(bounds.X, bounds.Y, bounds.Width, bounds.Height);

    /// <summary>Shared area over the area of either, in [0,1].</summary>
    /// <param name="other">The box to compare with.</param>
    /// <param name="otherIsCrowd">True: over the area of this box alone, as COCO does with crowds.</param>
    /// <remarks>pycocotools <c>bbIou</c>.</remarks>
    public double Iou(ObjectBox other, bool otherIsCrowd = false)
    {
        var width = Math.Min(Width + X, other.Width + other.X) - Math.Max(X, other.X);
        var height = Math.Min(Height + Y, other.Height + other.Y) - Math.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var shared = width * height;
        return shared / (otherIsCrowd ? Area : Area + other.Area - shared);
    }
}
