using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Networks.Seedling;

/// <summary>The way between an image's own frame and Seedling's: both sides are resized, each to a multiple of 32, the longest to the working side.</summary>
/// <remarks>
/// Nothing is padded, so that no cell is wasted; the shape of an image changes by a few per cent at most, unless it is very long. Small images are enlarged.
/// The resize is Pillow's bilinear one.
/// </remarks>
public sealed class SeedlingFrame
{
    private const int Multiple = SeedlingConfig.SideMultiple;

    /// <summary>Fits an image.</summary>
    /// <param name="image">The image's own size.</param>
    /// <param name="workingSide">The longest side of the network's frame in pixels; a multiple of 32.</param>
    public SeedlingFrame(ImageSize image, int workingSide)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(image.Width, nameof(image));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(image.Height, nameof(image));
        ArgumentOutOfRangeException.ThrowIfLessThan(workingSide, Multiple);
        ArgumentOutOfRangeException.ThrowIfNotEqual(workingSide % Multiple, 0, nameof(workingSide));
        var scale = (double)workingSide / image.LongestSide;
        int Side(int pixels) => Math.Clamp((int)Math.Round(pixels * scale / Multiple) * Multiple, Multiple, workingSide);
        Image = image;
        Canvas = new ImageSize(Side(image.Width), Side(image.Height));
        Logits = new LogitFrame(Canvas, Canvas, image);
    }

    /// <summary>The image's own size.</summary>
    public ImageSize Image { get; }

    /// <summary>The size at which the network looks at it.</summary>
    public ImageSize Canvas { get; }

    /// <summary>How the network's logit maps lie on the image.</summary>
    public LogitFrame Logits { get; }

    /// <summary>Cells of a logit map, across and down.</summary>
    public ImageSize Cells => new(Canvas.Width / SeedlingConfig.MaskStride, Canvas.Height / SeedlingConfig.MaskStride);

    /// <summary>Takes a point from the image to the network's frame.</summary>
    /// <param name="x">Original image pixels from the left edge.</param>
    /// <param name="y">Original image pixels from the top edge.</param>
    /// <returns>Pixels of the network's frame.</returns>
    public (float X, float Y) ToCanvas(double x, double y) => ((float)(x * Canvas.Width / Image.Width), (float)(y * Canvas.Height / Image.Height));

    /// <summary>Takes a point from the network's frame to the image.</summary>
    /// <param name="x">Pixels of the network's frame from the left edge.</param>
    /// <param name="y">Pixels of the network's frame from the top edge.</param>
    /// <returns>Original image pixels.</returns>
    public PixelPoint ToImage(double x, double y) => new(x * Image.Width / Canvas.Width, y * Image.Height / Canvas.Height);

    /// <summary>Resizes and normalises an image.</summary>
    /// <param name="image">Of the size that this frame was made for.</param>
    /// <returns>[1,3,H,W] float32, zero mean and unit deviation per channel over ImageNet.</returns>
    /// <exception cref="ArgumentException">The image has another size.</exception>
    public Tensor Prepare(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Size != Image)
        {
            throw new ArgumentException($"The frame was made for an image of {Image}, not {image.Size}.", nameof(image));
        }

        var resized = PillowResize.Resize(image, Canvas);
        return Tensor.Of(ImageNormalisation.ToPlanes(resized, Canvas.Width, Canvas.Height), 1, 3, Canvas.Height, Canvas.Width);
    }
}
