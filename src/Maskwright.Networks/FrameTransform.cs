using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Networks;

/// <summary>The way between an image's own frame and a network's square canvas: the longest side is resized to the canvas, the rest is padding on the right and below.</summary>
/// <remarks>
/// Sizes are rounded half up and the resize is Pillow's bilinear one, as segment-anything's <c>ResizeLongestSide</c> does; padding is zero after
/// normalisation. This is the only object that knows both frames.
/// </remarks>
public sealed class FrameTransform
{
    /// <summary>Fits an image onto a canvas.</summary>
    /// <param name="image">The image's own size.</param>
    /// <param name="canvasSide">S, the side of the canvas in pixels.</param>
    public FrameTransform(ImageSize image, int canvasSide)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(canvasSide);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(image.Width, nameof(image));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(image.Height, nameof(image));
        var scale = canvasSide * 1.0 / image.LongestSide;
        Image = image;
        CanvasSide = canvasSide;
        Resized = new ImageSize(Math.Max(1, (int)((image.Width * scale) + 0.5)), Math.Max(1, (int)((image.Height * scale) + 0.5)));
        Logits = new LogitFrame(new ImageSize(canvasSide, canvasSide), Resized, image);
    }

    /// <summary>The image's own size.</summary>
    public ImageSize Image { get; }

    /// <summary>S, the side of the canvas in pixels.</summary>
    public int CanvasSide { get; }

    /// <summary>The part of the canvas that the resized image fills, from the top-left corner.</summary>
    public ImageSize Resized { get; }

    /// <summary>How the network's logit maps lie on the image.</summary>
    public LogitFrame Logits { get; }

    /// <summary>Takes a point from the image to the canvas.</summary>
    /// <param name="x">Original image pixels from the left edge.</param>
    /// <param name="y">Original image pixels from the top edge.</param>
    /// <returns>Canvas pixels.</returns>
    public (float X, float Y) ToCanvas(double x, double y) =>
        ((float)(x * ((double)Resized.Width / Image.Width)), (float)(y * ((double)Resized.Height / Image.Height)));

    /// <summary>Resizes, normalises and pads an image.</summary>
    /// <param name="image">Of the size that this transform was made for.</param>
    /// <returns>[1,3,S,S] float32, zero mean and unit deviation per channel over ImageNet.</returns>
    /// <exception cref="ArgumentException">The image has another size.</exception>
    public Tensor Prepare(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Size != Image)
        {
            throw new ArgumentException($"The transform was made for an image of {Image}, not {image.Size}.", nameof(image));
        }

        return Normalise(PillowResize.Resize(image, Resized));
    }

    /// <summary>Normalises and pads an image that is resized already.</summary>
    /// <param name="resized">Of the size <see cref="Resized"/>.</param>
    /// <returns>[1,3,S,S] float32.</returns>
    internal Tensor Normalise(RgbImage resized) => Tensor.Of(ImageNormalisation.ToPlanes(resized, CanvasSide, CanvasSide), 1, 3, CanvasSide, CanvasSide);
}
