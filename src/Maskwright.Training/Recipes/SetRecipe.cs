using Maskwright.Training.Data;

namespace Maskwright.Training.Recipes;

/// <summary>How one set of the data is used.</summary>
public sealed record SetRecipe
{
    /// <summary>How often a crop comes from it, relative to the others.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The label of pixels about which nothing is known; null for none.</summary>
    public int? VoidLabel { get; init; }

    /// <summary>Whether 0 is background and no object.</summary>
    public bool HasBackground { get; init; } = true;

    /// <summary>Whether every object of an image is labelled.</summary>
    public bool IsExhaustive { get; init; }

    /// <summary>Whether the components of everything but background are objects too.</summary>
    public bool HasUnion { get; init; }

    /// <summary>Objects of fewer pixels are left out.</summary>
    public int MinAreaPixels { get; init; } = 64;

    /// <summary>The rules by which label maps of this set become objects.</summary>
    /// <param name="kind">What the numbers mean.</param>
    public LabelRules RulesFor(LabelKind kind) => new()
    {
        Kind = kind,
        VoidLabel = VoidLabel,
        HasBackground = HasBackground,
        IsExhaustive = IsExhaustive,
        HasUnion = HasUnion,
        MinAreaPixels = MinAreaPixels,
    };
}
