namespace Maskwright.Segmentation;

/// <summary>How many masks a prompt segmenter should predict, and which of them need logits.</summary>
public sealed record PredictionOptions
{
    /// <summary>True: several masks a prompt (whole, part, subpart); false: one mask a prompt.</summary>
    public bool Multimask { get; init; } = true;

    /// <summary>Masks whose predicted quality is not above this may come without logits; a segmenter may use it to save work.</summary>
    public double QualityFloor { get; init; } = double.NegativeInfinity;
}
