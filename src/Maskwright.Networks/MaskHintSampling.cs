using Maskwright.Masks;

namespace Maskwright.Networks;

/// <summary>Brings a mask hint, whatever frame it was made in, onto a decoder's logit map.</summary>
internal static class MaskHintSampling
{
    // As far outside as the decoder's own logits commonly go.
    private const float Outside = -10;

    /// <summary>The hint on the decoder's map; a hint that this decoder made is returned as it is.</summary>
    /// <param name="hint">Logits on the same image.</param>
    /// <param name="frame">How the decoder's maps lie on the image.</param>
    /// <param name="width">Cells of such a map, across.</param>
    /// <param name="height">Cells down.</param>
    /// <returns>[height,width].</returns>
    /// <exception cref="ArgumentException">The hint was made for an image of another size.</exception>
    public static float[] ToMap(MaskLogits hint, LogitFrame frame, int width, int height)
    {
        if (hint.Frame.ImageSize != frame.ImageSize)
        {
            throw new ArgumentException($"The mask hint was made for an image of {hint.Frame.ImageSize}, not {frame.ImageSize}.");
        }

        return hint.Width == width && hint.Height == height && hint.Frame == frame ? hint.Values.ToArray() : Sample(hint, frame, width, height);
    }

    private static float[] Sample(MaskLogits hint, LogitFrame frame, int width, int height)
    {
        var map = new float[width * height];
        var (across, down) = ((double)frame.CanvasSize.Width / width, (double)frame.CanvasSize.Height / height);
        for (var i = 0; i < map.Length; i++)
        {
            var (x, y) = (((i % width) + 0.5) * across, ((i / width) + 0.5) * down); // canvas
            map[i] = x >= frame.UsedSize.Width || y >= frame.UsedSize.Height
                ? Outside
                : hint.At(x / frame.UsedSize.Width * frame.ImageSize.Width, y / frame.UsedSize.Height * frame.ImageSize.Height);
        }

        return map;
    }
}
