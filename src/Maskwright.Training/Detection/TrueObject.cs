using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Data;

namespace Maskwright.Training.Detection;

/// <summary>An object that a crop shows.</summary>
/// <param name="Box">Around its pixels, half-open.</param>
/// <param name="Class">1 to K-1.</param>
/// <param name="Layer">[S,S] object numbers.</param>
/// <param name="Id">Its number there.</param>
/// <param name="Side">S.</param>
internal sealed record TrueObject(RegionBox Box, int Class, ushort[] Layer, ushort Id, int Side)
{
    /// <summary>The objects of a crop.</summary>
    /// <param name="crop">The crop.</param>
    /// <param name="minVisiblePixels">Objects of which less is seen are left out.</param>
    public static List<TrueObject> Of(TrainingCrop crop, int minVisiblePixels) =>
    [
        .. crop.Objects(minVisiblePixels).Select(o => new TrueObject(
            new RegionBox(o.Bounds.X, o.Bounds.Y, o.Bounds.Right, o.Bounds.Bottom), o.Class, crop.Layers[o.Layer], o.Id, crop.Side)),
    ];

    /// <summary>What the mask head should say of a box: the share of each cell that the object covers.</summary>
    /// <param name="box">In the crop's pixels.</param>
    /// <param name="cells">Side of the mask.</param>
    /// <returns>[cells,cells], 0 to 1.</returns>
    /// <remarks>torchvision <c>project_masks_on_boxes</c> at 0.14.1: RoIAlign at scale 1 with as many samples a cell as it has pixels, rounded up, not aligned.</remarks>
    public float[] MaskIn(RegionBox box, int cells)
    {
        var (cellWidth, cellHeight) = (Math.Max(box.Width, 1) / cells, Math.Max(box.Height, 1) / cells);
        var (across, down) = ((int)MathF.Ceiling(cellWidth), (int)MathF.Ceiling(cellHeight));
        var mask = new float[cells * cells];
        for (var i = 0; i < mask.Length; i++)
        {
            var (left, top, sum) = (box.X0 + (i % cells * cellWidth), box.Y0 + (i / cells * cellHeight), 0f);
            for (var s = 0; s < across * down; s++)
            {
                sum += At(left + (((s % across) + 0.5f) * cellWidth / across), top + (((s / across) + 0.5f) * cellHeight / down));
            }

            mask[i] = sum / (across * down);
        }

        return mask;
    }

    // Bilinear between pixels; a place more than a pixel outside is empty, nearer ones are drawn to the border.
    private float At(float x, float y)
    {
        if (x < -1 || y < -1 || x > Side || y > Side)
        {
            return 0;
        }

        (x, y) = (Math.Clamp(x, 0, Side - 1), Math.Clamp(y, 0, Side - 1));
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, Side - 1), Math.Min(top + 1, Side - 1));
        var (u, v) = (x - left, y - top);
        return ((1 - v) * (((1 - u) * Has(left, top)) + (u * Has(right, top)))) + (v * (((1 - u) * Has(left, bottom)) + (u * Has(right, bottom))));
    }

    private float Has(int x, int y) => Layer[(y * Side) + x] == Id ? 1 : 0;
}
