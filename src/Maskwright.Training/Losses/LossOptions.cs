namespace Maskwright.Training.Losses;

/// <summary>How the parts of the loss are weighed.</summary>
public sealed record LossOptions
{
    /// <summary>The weight of the focal loss.</summary>
    public double Focal { get; init; } = 1;

    /// <summary>The weight of the Dice loss.</summary>
    public double Dice { get; init; } = 1;

    /// <summary>The weight of the quality head's squared error.</summary>
    public double Quality { get; init; } = 1;

    /// <summary>The weight of how the quality head ranks all masks of one object, of all outputs and rounds.</summary>
    public double Ranking { get; init; }

    /// <summary>The weight of the best of the outputs for ambiguous prompts, beside that of the first output.</summary>
    public double Ambiguous { get; init; } = 0.7;

    /// <summary>The weight of the encoder's boundary map.</summary>
    public double Boundary { get; init; } = 0.3;

    /// <summary>The weight of the encoder's objectness map.</summary>
    public double Objectness { get; init; } = 0.2;

    /// <summary>The weight of the likeness of cells that show the same object.</summary>
    public double Affinity { get; init; } = 0.5;

    /// <summary>The exponent of the focal loss: how much more wrong pixels count than right ones.</summary>
    public double FocalExponent { get; init; } = 2;
}
