using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Networks.Classic;

/// <summary>The image at the size at which it is analysed: sRGB bytes, and CIE Lab planes.</summary>
internal sealed class WorkingImage
{
    private WorkingImage(ImageSize original, ImageSize size, byte[] rgb)
    {
        Original = original;
        Size = size;
        Rgb = rgb;
        Lab = LabColor.Planes(rgb);
    }

    /// <summary>The size of the image itself.</summary>
    public ImageSize Original { get; }

    /// <summary>The size at which it is analysed.</summary>
    public ImageSize Size { get; }

    /// <summary>Pixels across, w.</summary>
    public int Width => Size.Width;

    /// <summary>Pixels down, h.</summary>
    public int Height => Size.Height;

    /// <summary>[h,w,3] sRGB.</summary>
    public byte[] Rgb { get; }

    /// <summary>L* (0 to 100), a* and b*, each [h,w].</summary>
    public float[][] Lab { get; }

    /// <summary>Shrinks the image until its longest side is no longer than asked; never enlarges.</summary>
    public static WorkingImage From(RgbImage image, int longestSide)
    {
        var scale = Math.Min(1.0, (double)longestSide / image.Size.LongestSide);
        var size = new ImageSize(Math.Max(1, (int)Math.Round(image.Width * scale)), Math.Max(1, (int)Math.Round(image.Height * scale)));
        var rgb = size == image.Size ? image.Pixels.ToArray() : AreaResampling.Shrink(image, size);
        return new WorkingImage(image.Size, size, rgb);
    }

    /// <summary>The working pixel under a position of the image.</summary>
    public (int X, int Y) Cell(double x, double y) => (
        Math.Clamp((int)(x * Width / Original.Width), 0, Width - 1),
        Math.Clamp((int)(y * Height / Original.Height), 0, Height - 1));

    /// <summary>A box of the image in working pixels, cut to the image.</summary>
    public PixelBox ToWorking(PixelBox box)
    {
        double across = (double)Width / Original.Width, down = (double)Height / Original.Height;
        return new PixelBox(
            Math.Max(0, box.X0 * across), Math.Max(0, box.Y0 * down), Math.Min(Width, box.X1 * across), Math.Min(Height, box.Y1 * down));
    }
}
