using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Images;
using Maskwright.Networks.Semantic;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>An image as Mask R-CNN wants it: normalised, its shorter side at one length, zeros right and below up to multiples of 32.</summary>
/// <remarks>torchvision <c>GeneralizedRCNNTransform</c> at 0.14.1, whose 32-bit arithmetic decides the size: 200 by 300 at 320 becomes 319 by 479.</remarks>
internal sealed class ResizedImage
{
    private ResizedImage(ImageSize original, ImageSize size, ImageSize canvas, Tensor tensor)
    {
        Original = original;
        Size = size;
        Canvas = canvas;
        Tensor = tensor;
    }

    public ImageSize Original { get; }

    /// <summary>The size without padding.</summary>
    public ImageSize Size { get; }

    /// <summary>The size with padding.</summary>
    public ImageSize Canvas { get; }

    /// <summary>[1,3,H,W].</summary>
    public Tensor Tensor { get; }

    public static ResizedImage Of(RgbImage image, MaskRcnnConfig config)
    {
        var samples = new float[3 * image.Size.PixelCount];
        PixelNormalisation.ImageNet.Apply(image.Pixels, samples);
        return Of(samples, image.Size, config);
    }

    /// <param name="samples">[3,H,W], normalised.</param>
    /// <param name="original">H and W.</param>
    /// <param name="config">The lengths of the sides.</param>
    public static ResizedImage Of(float[] samples, ImageSize original, MaskRcnnConfig config)
    {
        var size = SizeOf(original, config);
        var canvas = CanvasOf(original, config);
        var (plane, padded, resized) = ((int)original.PixelCount, new float[3 * canvas.PixelCount], new float[size.PixelCount]);
        for (var c = 0; c < 3; c++)
        {
            BilinearPlane.Resize(samples.AsSpan(c * plane, plane), original.Height, original.Width, size.Height, size.Width, resized);
            for (var y = 0; y < size.Height; y++)
            {
                resized.AsSpan(y * size.Width, size.Width).CopyTo(padded.AsSpan(((c * canvas.Height) + y) * canvas.Width));
            }
        }

        return new ResizedImage(original, size, canvas, Tensor.Of(padded, 1, 3, canvas.Height, canvas.Width));
    }

    /// <summary>The size that an image has with padding.</summary>
    public static ImageSize CanvasOf(ImageSize original, MaskRcnnConfig config)
    {
        var size = SizeOf(original, config);
        return new ImageSize(RoundUp(size.Width), RoundUp(size.Height));
    }

    // PyTorch divides a number by a tensor as the tensor's reciprocal times the number; a quotient rounds otherwise.
    private static ImageSize SizeOf(ImageSize original, MaskRcnnConfig config)
    {
        var (shorter, longer) = (1f / Math.Min(original.Width, original.Height), 1f / Math.Max(original.Width, original.Height));
        double scale = Math.Min(shorter * config.ShorterSide, longer * config.LongerSide);
        return new ImageSize(Math.Max(1, (int)Math.Floor(original.Width * scale)), Math.Max(1, (int)Math.Floor(original.Height * scale)));
    }

    private static int RoundUp(int side) => (side + MaskRcnnGraphs.SideMultiple - 1) / MaskRcnnGraphs.SideMultiple * MaskRcnnGraphs.SideMultiple;
}
