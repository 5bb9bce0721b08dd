using Maskwright.Geometry;

namespace Maskwright.Segmentation;

/// <summary>A part of the image that automatic generation looks at by itself.</summary>
/// <param name="Area">Where it lies.</param>
/// <param name="Layer">0 for the whole image, 1 for its quarters, and so on.</param>
internal readonly record struct ImageCrop(PixelRect Area, int Layer)
{
    private const int EdgeDistancePixels = 20;

    /// <summary>All crops of an image: the whole, then layer by layer, columns before rows.</summary>
    /// <param name="image">The image's size.</param>
    /// <param name="layers">Layers beside the whole image.</param>
    /// <param name="overlapRatio">How far crops of the first layer overlap, as a fraction of the shorter side.</param>
    /// <remarks>segment-anything <c>generate_crop_boxes</c> at dca509f. Deviation: crops of tiny images that would hold no pixel are left out.</remarks>
    public static IReadOnlyList<ImageCrop> Plan(ImageSize image, int layers, double overlapRatio)
    {
        var crops = new List<ImageCrop> { new(image.Bounds, 0) };
        for (var layer = 1; layer <= layers; layer++)
        {
            var perSide = 1 << layer;
            var overlap = (int)(overlapRatio * Math.Min(image.Width, image.Height) * (2.0 / perSide));
            var (width, height) = (Length(image.Width, perSide, overlap), Length(image.Height, perSide, overlap));
            var areas = from i in Enumerable.Range(0, perSide)
                        from j in Enumerable.Range(0, perSide)
                        let x = (width - overlap) * i
                        let y = (height - overlap) * j
                        select new PixelRect(x, y, Math.Min(width, image.Width - x), Math.Min(height, image.Height - y));
            crops.AddRange(areas.Where(area => !area.IsEmpty).Select(area => new ImageCrop(area, layer)));
        }

        return crops;
    }

    /// <summary>Whether a box ends within 20 pixels of the crop's edge, and not of the same edge of the image: what it holds is seen whole elsewhere.</summary>
    /// <param name="box">In the frame of the crop.</param>
    /// <param name="image">The image's size.</param>
    /// <remarks>segment-anything <c>is_box_near_crop_edge</c> at dca509f.</remarks>
    public bool CutsOff(PixelBox box, ImageSize image) =>
        IsCut(box.X0 + Area.X, Area.X, 0) || IsCut(box.Y0 + Area.Y, Area.Y, 0)
        || IsCut(box.X1 + Area.X, Area.Right, image.Width) || IsCut(box.Y1 + Area.Y, Area.Bottom, image.Height);

    private static bool IsCut(double side, int cropSide, int imageSide) =>
        Math.Abs(side - cropSide) <= EdgeDistancePixels && Math.Abs(side - imageSide) > EdgeDistancePixels;

    private static int Length(int side, int crops, int overlap) => (int)Math.Ceiling((((double)overlap * (crops - 1)) + side) / crops);
}
