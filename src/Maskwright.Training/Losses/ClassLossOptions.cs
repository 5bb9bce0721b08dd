namespace Maskwright.Training.Losses;

/// <summary>How classes of pixels count.</summary>
public sealed record ClassLossOptions
{
    /// <summary>The label that stands for "do not ask": such pixels count nothing.</summary>
    public long VoidLabel { get; init; } = 255;

    /// <summary>How much each class counts, [K]; null counts all alike.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>The share of the target that is spread evenly over all classes, in [0,1).</summary>
    public double LabelSmoothing { get; init; }
}
