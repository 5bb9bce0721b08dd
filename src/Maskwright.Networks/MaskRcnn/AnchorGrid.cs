using Maskwright.Geometry;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>The boxes that proposals start from: some around every cell of a map.</summary>
/// <remarks>torchvision <c>AnchorGenerator</c> at 0.14.1: corners rounded to whole pixels, ties to even.</remarks>
public static class AnchorGrid
{
    /// <summary>Lists the anchors of a map.</summary>
    /// <param name="side">Side of the square one, in pixels.</param>
    /// <param name="ratios">Heights over widths.</param>
    /// <param name="cells">The map's size in cells.</param>
    /// <param name="canvas">The padded image's size in pixels.</param>
    /// <returns>Row by row, in each cell ratio by ratio.</returns>
    public static IReadOnlyList<RegionBox> Of(double side, IReadOnlyList<double> ratios, ImageSize cells, ImageSize canvas)
    {
        ArgumentNullException.ThrowIfNull(ratios);
        RegionBox[] centred = [.. ratios.Select(ratio => Centred((float)side, (float)ratio))];
        var (down, across) = (canvas.Height / cells.Height, canvas.Width / cells.Width);
        var anchors = new RegionBox[cells.PixelCount * ratios.Count];
        for (var i = 0; i < anchors.Length; i++)
        {
            var (cell, box) = (i / ratios.Count, centred[i % ratios.Count]);
            var (x, y) = ((float)(cell % cells.Width * across), (float)(cell / cells.Width * down));
            anchors[i] = new RegionBox(box.X0 + x, box.Y0 + y, box.X1 + x, box.Y1 + y);
        }

        return anchors;
    }

    private static RegionBox Centred(float side, float ratio)
    {
        var root = MathF.Sqrt(ratio);
        var (halfWidth, halfHeight) = (MathF.Round(1 / root * side / 2), MathF.Round(root * side / 2));
        return new RegionBox(-halfWidth, -halfHeight, halfWidth, halfHeight);
    }
}
