using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>Cuts logits to a mask at the image's size and measures how firmly the cut stands, in one pass that never holds the image as numbers.</summary>
/// <remarks>
/// The composition of segment-anything's <c>postprocess_masks</c>, <c>calculate_stability_score</c> and the cut (commit dca509f), Kirillov et al. 2023.
/// Deviation: the stability of a mask whose wider form is empty is 0, where upstream has NaN.
/// </remarks>
public static class LogitThresholding
{
    [ThreadStatic]
    private static LogitPass? s_pass;

    /// <summary>Cuts logits to a mask.</summary>
    /// <param name="logits">[h,w] logits with the frame that says how they lie on the image.</param>
    /// <param name="thresholdLogit">A pixel belongs to the mask when its logit lies above this; SAM: 0.</param>
    /// <param name="stabilityOffset">How far the threshold is moved to measure stability, in logits, at least 0; SAM: 1.</param>
    /// <returns>The mask at the image's size, and its stability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not a finite number, or the offset is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The frame's used part is larger than its canvas, or a size is empty.</exception>
    public static ThresholdedMask Cut(MaskLogits logits, double thresholdLogit = 0, double stabilityOffset = 1)
    {
        var mask = CutIfStable(logits, thresholdLogit, stabilityOffset, double.NegativeInfinity, out var stability);
        return new ThresholdedMask(mask!, stability); // Every stability is above the minimum that was asked for.
    }

    /// <summary>Cuts logits to a mask, but spares the encoding of one that is not stable enough.</summary>
    /// <param name="logits">[h,w] logits with the frame that says how they lie on the image.</param>
    /// <param name="thresholdLogit">A pixel belongs to the mask when its logit lies above this.</param>
    /// <param name="stabilityOffset">How far the threshold is moved to measure stability, in logits, at least 0.</param>
    /// <param name="minimumStability">A mask that is less stable is not made.</param>
    /// <param name="stability">The mask's stability, whether it is made or not.</param>
    /// <returns>The mask at the image's size; null when it is less stable than asked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not a finite number, or the offset is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The frame's used part is larger than its canvas, or a size is empty.</exception>
    public static RunLengthMask? CutIfStable(MaskLogits logits, double thresholdLogit, double stabilityOffset, double minimumStability, out double stability)
    {
        var cut = Measure(logits, thresholdLogit, stabilityOffset, minimumStability, int.MaxValue);
        stability = cut.Stability;
        return cut.Mask;
    }

    /// <summary>Cuts logits to a mask, but spares the encoding of one that is not stable enough or has too many runs; its bounds are known all the same.</summary>
    internal static MeasuredCut Measure(MaskLogits logits, double thresholdLogit, double stabilityOffset, double minimumStability, int mostRuns)
    {
        Check(logits, thresholdLogit, stabilityOffset);
        var map = new ImageSize(logits.Width, logits.Height);
        if (s_pass is null || s_pass.Map != map || s_pass.Frame != logits.Frame)
        {
            s_pass = new LogitPass(map, logits.Frame, BilinearAxis.MachineLanes);
        }

        return s_pass.Run(logits.Values, CutLevels.Around(thresholdLogit, stabilityOffset), minimumStability, mostRuns);
    }

    private static void Check(MaskLogits logits, double thresholdLogit, double stabilityOffset)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (!double.IsFinite(thresholdLogit))
        {
            throw new ArgumentOutOfRangeException(nameof(thresholdLogit), thresholdLogit, "The mask threshold must be a finite number.");
        }

        if (!double.IsFinite(stabilityOffset) || stabilityOffset < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(stabilityOffset), stabilityOffset, "The stability offset must be a finite number, not below 0.");
        }

        var frame = logits.Frame;
        if (IsEmpty(frame.UsedSize) || IsEmpty(frame.ImageSize) || !frame.CanvasSize.Bounds.Contains(frame.UsedSize.Bounds))
        {
            throw new ArgumentException($"{frame} is no frame: the used part must hold a pixel and lie inside the canvas, and the image must hold a pixel.", nameof(logits));
        }
    }

    private static bool IsEmpty(ImageSize size) => size.Width <= 0 || size.Height <= 0;
}
