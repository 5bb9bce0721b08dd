using Maskwright.Geometry;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>How good a mask a click at each place is expected to give, from one look at the image.</summary>
/// <param name="width">Cells across, 8 pixels of the network's frame each.</param>
/// <param name="height">Cells down.</param>
/// <param name="logits">[h,w].</param>
/// <param name="frame">The way back to the image.</param>
internal sealed class ObjectnessMap(int width, int height, float[] logits, SeedlingFrame frame)
{
    private const int Stride = 8;

    /// <summary>Cells across.</summary>
    public int Width => width;

    /// <summary>Cells down.</summary>
    public int Height => height;

    /// <summary>[h,w], the greater the better.</summary>
    public ReadOnlySpan<float> Logits => logits;

    /// <summary>The map of an image.</summary>
    public static ObjectnessMap Of(SeedlingEmbedding embedding)
    {
        var map = embedding.Tensors["objectness"];
        return new ObjectnessMap((int)map.Shape[3], (int)map.Shape[2], map.Floats, embedding.Frame);
    }

    /// <summary>The middle of a cell, in original image pixels.</summary>
    public PixelPoint PointOf(int cell) => frame.ToImage(((cell % width) + 0.5) * Stride, ((cell / width) + 0.5) * Stride);

    /// <summary>A click at the most promising place.</summary>
    public Prompt Likeliest()
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        var point = PointOf(best);
        return Prompt.Point(point.X, point.Y);
    }
}
