namespace Maskwright.Training.Semantic;

/// <summary>What only networks that give every pixel a class need to know.</summary>
public sealed record SemanticTrainingOptions
{
    /// <summary>Sizes of the network that differ from those of the preset, by the names of its config.</summary>
    public IReadOnlyDictionary<string, object> Sizes { get; init; } = new Dictionary<string, object>();

    /// <summary>Whether class 0 is background: what belongs to no object. Otherwise such pixels teach nothing and the first class is 0.</summary>
    public bool HasBackground { get; init; } = true;

    /// <summary>How much each class counts in the cross-entropies.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>The weight of the cross-entropy.</summary>
    public double CrossEntropy { get; init; } = 1;

    /// <summary>The weight of the cross-entropy over hard pixels only.</summary>
    public double HardPixels { get; init; }

    /// <summary>The weight of the Lovasz loss.</summary>
    public double Lovasz { get; init; }

    /// <summary>The weight of the focal loss: cross-entropy that counts pixels less the better they are known already.</summary>
    public double Focal { get; init; }

    /// <summary>The exponent of the focal loss: how much less.</summary>
    public double FocalExponent { get; init; } = 2;

    /// <summary>The weight of the Dice loss, a term for each class that occurs.</summary>
    public double Dice { get; init; }

    /// <summary>The weight of the auxiliary head's loss, for networks that have one.</summary>
    public double Auxiliary { get; init; } = 0.4;

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="ArgumentException">Some value is out of range; the message names all such.</exception>
    public void Validate()
    {
        double[] losses = [CrossEntropy, HardPixels, Lovasz, Focal, Dice];
        if (losses.Append(Auxiliary).Append(FocalExponent).Any(value => !(value >= 0)) || losses.Sum() <= 0)
        {
            throw new ArgumentException("semantic: crossEntropy, hardPixels, lovasz, focal, dice, focalExponent and auxiliary are not negative, and one of the first five is positive");
        }
    }
}
