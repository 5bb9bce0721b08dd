using System.Numerics;
using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>How far a predicted mask and a true one are the same pixels. Two empty masks agree perfectly: every measure is 1.</summary>
/// <param name="Shared">The number of pixels in both.</param>
/// <param name="Predicted">The number of pixels of the prediction.</param>
/// <param name="Truth">The number of pixels of the truth.</param>
public readonly record struct MaskOverlap(long Shared, long Predicted, long Truth)
{
    /// <summary>Shared pixels over those of either (Jaccard index), in [0,1].</summary>
    public double Iou => Ratio(Shared, Predicted + Truth - Shared);

    /// <summary>The Dice coefficient (F1 score), in [0,1].</summary>
    public double Dice => Ratio(2 * Shared, Predicted + Truth);

    /// <summary>The share of the prediction that is right, in [0,1]; 0 for an empty prediction of something.</summary>
    public double Precision => Predicted > 0 ? Ratio(Shared, Predicted) : Ratio(0, Truth);

    /// <summary>The share of the truth that was found, in [0,1]; 0 where nothing was there to be found but something was predicted.</summary>
    public double Recall => Truth > 0 ? Ratio(Shared, Truth) : Ratio(0, Predicted);

    /// <summary>Compares two bit masks.</summary>
    /// <param name="prediction">The predicted mask.</param>
    /// <param name="truth">The true mask, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static MaskOverlap Of(BinaryMask prediction, BinaryMask truth)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        if (prediction.Size != truth.Size)
        {
            throw new ArgumentException($"The prediction is {prediction.Size}, but the truth is {truth.Size}.", nameof(prediction));
        }

        ReadOnlySpan<ulong> p = prediction.Words, t = truth.Words;
        long shared = 0;
        for (var i = 0; i < p.Length; i++)
        {
            shared += BitOperations.PopCount(p[i] & t[i]);
        }

        return new MaskOverlap(shared, prediction.Area(), truth.Area());
    }

    /// <summary>Compares two run-length masks without decoding them.</summary>
    /// <param name="prediction">The predicted mask.</param>
    /// <param name="truth">The true mask, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static MaskOverlap Of(RunLengthMask prediction, RunLengthMask truth)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        return new MaskOverlap(prediction.IntersectionArea(truth), prediction.Area, truth.Area);
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 1 : (double)part / whole;
}
