namespace Maskwright.Masks;

/// <summary>The three cuts that one pass makes: the mask's own, and the two that its stability is measured by.</summary>
/// <param name="Mask">Above it a pixel belongs to the mask.</param>
/// <param name="Wide">Threshold minus offset.</param>
/// <param name="Narrow">Threshold plus offset.</param>
/// <remarks>Float32, as PyTorch compares a float32 tensor with a number.</remarks>
internal readonly record struct CutLevels(float Mask, float Wide, float Narrow)
{
    public static CutLevels Around(double thresholdLogit, double offset) => new((float)thresholdLogit, (float)(thresholdLogit - offset), (float)(thresholdLogit + offset));
}
