using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>How much of every pixel belongs to the object.</summary>
public sealed class SoftMask
{
    private readonly float[] _values;

    /// <summary>Wraps values without copying them.</summary>
    /// <param name="size">Width and height in pixels, each at least 1.</param>
    /// <param name="values">[H,W] row by row, in [0,1].</param>
    /// <exception cref="ArgumentException">The array does not hold one value a pixel, or a value lies outside [0,1].</exception>
    public SoftMask(ImageSize size, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Width, nameof(size));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Height, nameof(size));
        if (values.LongLength != size.PixelCount || !values.All(value => value is >= 0 and <= 1))
        {
            throw new ArgumentException($"A soft mask of {size} has {size.PixelCount} values in [0,1]; here are {values.LongLength}, or some lie outside.", nameof(values));
        }

        (Size, _values) = (size, values);
    }

    /// <summary>Width and height in pixels.</summary>
    public ImageSize Size { get; }

    /// <summary>[H,W] row by row, in [0,1].</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>A mask as values of 0 and 1.</summary>
    /// <param name="mask">The mask.</param>
    public static SoftMask FromMask(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var values = new float[mask.Size.PixelCount];
        for (var y = 0; y < mask.Height; y++)
        {
            foreach (var (start, end) in new WordRuns(mask.Row(y), mask.Width))
            {
                values.AsSpan((y * mask.Width) + start, end - start).Fill(1);
            }
        }

        return new SoftMask(mask.Size, values);
    }

    /// <summary>Logits as probabilities, at the image's size.</summary>
    /// <param name="logits">[h,w] logits with the frame that says how they lie on the image.</param>
    public static SoftMask FromLogits(MaskLogits logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return new SoftMask(logits.Frame.ImageSize, Array.ConvertAll(LogitUpsampling.ToImage(logits), logit => 1 / (1 + MathF.Exp(-logit))));
    }

    /// <summary>A mask whose border is not to be trusted: 0.5 on the border, 0.73 and 0.27 one width inside and outside.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="widthPixels">How far the border may be off, in pixels; above 0.</param>
    /// <returns>The logistic function of the signed distance to the border, in widths.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="widthPixels"/> is not positive.</exception>
    public static SoftMask FromBorder(BinaryMask mask, float widthPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfEqual(float.IsFinite(widthPixels), false, nameof(widthPixels));
        return new SoftMask(mask.Size, Array.ConvertAll(
            DistanceTransform.Signed(mask), distance => 1 / (1 + MathF.Exp((MathF.CopySign(0.5f, distance) - distance) / widthPixels))));
    }

    /// <summary>The pixels whose value lies above a cut-off.</summary>
    /// <param name="cutOff">In [0,1].</param>
    public BinaryMask Cut(float cutOff = 0.5f)
    {
        var mask = new BinaryMask(Size);
        for (var i = 0; i < _values.Length; i++)
        {
            var (y, x) = Math.DivRem(i, Size.Width);
            mask.Row(y)[x >> 6] |= (_values[i] > cutOff ? 1UL : 0) << (x & 63);
        }

        return mask;
    }
}
