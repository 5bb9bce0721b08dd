using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>Brings logits to the image's size, one pixel after the other: the specification that <see cref="LogitThresholding"/> is tested against.</summary>
internal static class LogitUpsampling
{
    /// <summary>Both bilinear steps of a frame.</summary>
    /// <param name="logits">[h,w] and their frame.</param>
    /// <returns>[H,W] float32 at the image's size.</returns>
    public static float[] ToImage(MaskLogits logits)
    {
        var frame = logits.Frame;
        var canvas = Resize(logits.Values.Span, new ImageSize(logits.Width, logits.Height), frame.CanvasSize, frame.UsedSize);
        return Resize(canvas, frame.UsedSize, frame.ImageSize, frame.ImageSize);
    }

    /// <summary>One bilinear step: columns first, then rows.</summary>
    /// <param name="source">[h,w] float32.</param>
    /// <param name="from">Width and height of the source.</param>
    /// <param name="to">The size that the whole source is brought to.</param>
    /// <param name="used">The part of that size, from the top-left corner, that is computed.</param>
    /// <returns>[used.Height, used.Width] float32.</returns>
    public static float[] Resize(ReadOnlySpan<float> source, ImageSize from, ImageSize to, ImageSize used)
    {
        var columns = BilinearAxis.Plan(from.Width, to.Width, used.Width, lanes: 1);
        var rows = BilinearAxis.Plan(from.Height, to.Height, used.Height, lanes: 1);
        var result = new float[used.PixelCount];
        for (var y = 0; y < used.Height; y++)
        {
            var upper = source.Slice(rows.First[y] * from.Width, from.Width);
            var lower = source.Slice(rows.Second(y) * from.Width, from.Width);
            for (var x = 0; x < used.Width; x++)
            {
                var above = Mix(upper[columns.First[x]], upper[columns.Second(x)], columns.FirstWeight[x], columns.SecondWeight[x]);
                var below = Mix(lower[columns.First[x]], lower[columns.Second(x)], columns.FirstWeight[x], columns.SecondWeight[x]);
                result[(y * used.Width) + x] = Mix(above, below, rows.FirstWeight[y], rows.SecondWeight[y]);
            }
        }

        return result;
    }

    /// <summary>The weighted sum of two values, rounded where PyTorch's compiled code rounds: the second product, then product and sum at once.</summary>
    public static float Mix(float first, float second, float firstWeight, float secondWeight) =>
        MathF.FusedMultiplyAdd(first, firstWeight, second * secondWeight);
}
