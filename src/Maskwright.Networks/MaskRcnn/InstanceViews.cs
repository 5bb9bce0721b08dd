using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Semantic;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>Which looks a Mask R-CNN takes at an image, and how their answers come into the image's frame.</summary>
internal static class InstanceViews
{
    private const double MaskThreshold = 0.5;
    private const double EdgePixels = 2;
    private const double EdgeFraction = 0.01; // boxes err; an object that is whole there is whole in the neighbouring part too

    /// <summary>Every look; of an image larger than a part also one at the whole of it, which shows what no part holds.</summary>
    public static IReadOnlyList<InstanceView> Of(ImageSize image, ViewOptions options)
    {
        var areas = Areas(image, options).ToList();
        return
        [
            .. options.Scales.SelectMany(scale => options.Flips ? [(scale, false), (scale, true)] : new[] { (Scale: scale, IsFlipped: false) })
                .SelectMany((way, pass) => areas.Select(area => new InstanceView(area, way.Scale, way.IsFlipped, pass))),
        ];
    }

    /// <summary>Sizes for a look at another scale: the network brings every image to its own size, so that is what changes.</summary>
    public static MaskRcnnConfig At(double scale, MaskRcnnConfig config) => config with
    {
        ShorterSide = Math.Max(1, (int)Math.Round(config.ShorterSide * scale)), LongerSide = Math.Max(1, (int)Math.Round(config.LongerSide * scale)),
    };

    /// <summary>Where several looks are averaged, an object may be less sure in one of them than it must be in all.</summary>
    public static MaskRcnnConfig LessSure(MaskRcnnConfig config, ViewOptions options) =>
        options.Flips || options.Scales.Count > 1 ? config with { ScoreThreshold = config.ScoreThreshold / 2 } : config;

    /// <summary>The mirror image.</summary>
    public static RgbImage Flipped(RgbImage image)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < image.Width; x++)
            {
                row.Slice(3 * (image.Width - 1 - x), 3).CopyTo(pixels.AsSpan(3 * ((y * image.Width) + x)));
            }
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }

    /// <summary>An answer in the frame of the image.</summary>
    /// <param name="answer">In the frame of the look, with the mask [28,28] of the box.</param>
    /// <param name="view">The look.</param>
    /// <param name="image">The image's size.</param>
    public static ViewedObject Placed((Detection Detection, float[] Mask) answer, InstanceView view, ImageSize image)
    {
        var (detection, mask) = answer;
        var (cells, area) = ((int)Math.Sqrt(mask.Length), view.Area);
        var box = view.IsFlipped ? detection.Box with { X0 = area.Width - detection.Box.X1, X1 = area.Width - detection.Box.X0 } : detection.Box;
        var placed = new RegionBox(box.X0 + area.X, box.Y0 + area.Y, box.X1 + area.X, box.Y1 + area.Y);
        var pasted = MaskPasting.Paste(view.IsFlipped ? Mirrored(mask, cells) : mask, cells, placed, image, MaskThreshold);
        return new ViewedObject(RunLengthMask.FromMask(pasted), detection.Class, detection.Score, view, IsCut(box, area, image));
    }

    private static bool IsCut(RegionBox box, PixelRect area, ImageSize image)
    {
        var edge = Math.Max(EdgePixels, EdgeFraction * area.Size.LongestSide);
        return (area.X > 0 && box.X0 < edge) || (area.Y > 0 && box.Y0 < edge)
            || (area.Right < image.Width && box.X1 > area.Width - edge) || (area.Bottom < image.Height && box.Y1 > area.Height - edge);
    }

    private static IEnumerable<PixelRect> Areas(ImageSize image, ViewOptions options)
    {
        yield return new PixelRect(0, 0, image.Width, image.Height);
        if (image.Width <= options.TileSide && image.Height <= options.TileSide)
        {
            yield break;
        }

        var (width, height) = (Math.Min(options.TileSide, image.Width), Math.Min(options.TileSide, image.Height));
        foreach (var top in TilePlan.Starts(image.Height, options.TileSide, options.TileOverlap))
        {
            foreach (var left in TilePlan.Starts(image.Width, options.TileSide, options.TileOverlap))
            {
                yield return new PixelRect(left, top, width, height);
            }
        }
    }

    private static float[] Mirrored(float[] mask, int cells)
    {
        var mirrored = (float[])mask.Clone();
        for (var row = 0; row < mirrored.Length; row += cells)
        {
            mirrored.AsSpan(row, cells).Reverse();
        }

        return mirrored;
    }
}
