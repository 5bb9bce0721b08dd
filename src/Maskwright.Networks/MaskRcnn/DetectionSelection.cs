using Maskwright.Geometry;
using Maskwright.PostProcessing;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>Turns what the box head says of proposals into detections.</summary>
/// <remarks>torchvision <c>RoIHeads.postprocess_detections</c> at 0.14.1.</remarks>
internal static class DetectionSelection
{
    private const float LeastSide = 1e-2f;
    private const float CentreWeight = 10;
    private const float SideWeight = 5;

    /// <param name="proposals">R boxes.</param>
    /// <param name="classLogits">[R,K].</param>
    /// <param name="boxDeltas">[R,K,4].</param>
    /// <param name="config">How many, and the thresholds.</param>
    /// <param name="image">The resized image's size in pixels.</param>
    /// <returns>In the resized image's pixels, best first.</returns>
    public static IReadOnlyList<Detection> Choose(IReadOnlyList<RegionBox> proposals, float[] classLogits, float[] boxDeltas, MaskRcnnConfig config, ImageSize image)
    {
        var (classes, candidates) = (config.ClassCount, new List<Detection>());
        for (var r = 0; r < proposals.Count; r++)
        {
            var shares = Softmax(classLogits.AsSpan(r * classes, classes));
            for (var k = 1; k < classes; k++)
            {
                if (shares[k] > config.ScoreThreshold)
                {
                    var d = boxDeltas.AsSpan(4 * ((r * classes) + k), 4);
                    var box = proposals[r].Moved((d[0] / CentreWeight, d[1] / CentreWeight, d[2] / SideWeight, d[3] / SideWeight)).ClippedTo(image);
                    candidates.Add(new Detection(box, k, shares[k]));
                }
            }
        }

        Detection[] sound = [.. candidates.Where(c => c.Box.Width >= LeastSide && c.Box.Height >= LeastSide)];
        var kept = BoxNonMaximumSuppression.Keep(
            [.. sound.Select(c => c.Box.ToPixelBox())], [.. sound.Select(c => c.Score)], config.DetectionIouThreshold, [.. sound.Select(c => c.Class)]);
        return [.. kept.Take(config.DetectionsPerImage).Select(i => sound[i])];
    }

    private static float[] Softmax(ReadOnlySpan<float> logits)
    {
        var (greatest, shares) = (float.NegativeInfinity, new float[logits.Length]);
        foreach (var logit in logits)
        {
            greatest = Math.Max(greatest, logit);
        }

        double sum = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = MathF.Exp(logits[i] - greatest);
            sum += shares[i];
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = (float)(shares[i] / sum);
        }

        return shares;
    }
}
