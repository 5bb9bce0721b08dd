using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>What is known of an object before matting: surely inside, surely outside, unknown between.</summary>
public sealed class Trimap
{
    /// <summary>Takes what is known.</summary>
    /// <param name="foreground">Pixels that belong to the object wholly.</param>
    /// <param name="background">Pixels that do not belong to it at all.</param>
    /// <exception cref="ArgumentException">The sizes differ, or a pixel is in both.</exception>
    public Trimap(BinaryMask foreground, BinaryMask background)
    {
        if (MaskOverlap.IntersectionArea(foreground, background) > 0)
        {
            throw new ArgumentException("A pixel is both foreground and background.", nameof(background));
        }

        (Foreground, Background) = (foreground, background);
        Unknown = MaskDifference.Of(MaskComplement.Of(foreground), background);
    }

    /// <summary>Pixels that belong to the object wholly.</summary>
    public BinaryMask Foreground { get; }

    /// <summary>Pixels that do not belong to it at all.</summary>
    public BinaryMask Background { get; }

    /// <summary>All other pixels.</summary>
    public BinaryMask Unknown { get; }

    /// <summary>Width and height in pixels.</summary>
    public ImageSize Size => Foreground.Size;

    /// <summary>Distrusts a band along a mask's border.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="bandPixels">How far the band reaches to either side, at least 1.</param>
    public static Trimap FromMask(BinaryMask mask, int bandPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bandPixels);
        var disc = StructuringElement.Disc(bandPixels);
        return new Trimap(Erosion.Apply(mask, disc), MaskComplement.Of(Dilation.Apply(mask, disc)));
    }

    /// <summary>Reads the custom of files: 255 is foreground, 0 is background, all else is unknown.</summary>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="gray">[H,W] row by row.</param>
    /// <exception cref="ArgumentException">There is not one value a pixel.</exception>
    public static Trimap FromGray(ImageSize size, ReadOnlySpan<byte> gray)
    {
        if (gray.Length != size.PixelCount)
        {
            throw new ArgumentException($"A trimap of {size} has {size.PixelCount} values, not {gray.Length}.", nameof(gray));
        }

        var (foreground, background) = (new BinaryMask(size), new BinaryMask(size));
        for (var i = 0; i < gray.Length; i++)
        {
            foreground[i % size.Width, i / size.Width] = gray[i] == 255;
            background[i % size.Width, i / size.Width] = gray[i] == 0;
        }

        return new Trimap(foreground, background);
    }
}
