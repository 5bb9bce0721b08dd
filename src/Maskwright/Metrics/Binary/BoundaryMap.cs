using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>One-pixel lines where a mask or label map changes: a pixel differs from its right, lower or lower right neighbour.</summary>
/// <remarks>DAVIS and BSDS <c>seg2bmap</c>.</remarks>
internal static class BoundaryMap
{
    public static BinaryMask Of(BinaryMask mask) => Draw(mask.Size.Width, mask.Size.Height, (x, y) => mask[x, y] ? 1 : 0);

    public static BinaryMask Of(LabelMap labels) => Draw(labels.Size.Width, labels.Size.Height, (x, y) => labels.Row(y)[x]);

    private static BinaryMask Draw(int width, int height, Func<int, int, int> at)
    {
        var lines = new BinaryMask(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (right, below) = (Math.Min(x + 1, width - 1), Math.Min(y + 1, height - 1));
                var own = at(x, y);
                lines[x, y] = own != at(right, y) || own != at(x, below) || own != at(right, below);
            }
        }

        return lines;
    }
}
