namespace Maskwright.Training.Data;

/// <summary>How the label maps of one set are turned into objects.</summary>
public sealed record LabelRules
{
    /// <summary>What the numbers mean.</summary>
    public LabelKind Kind { get; init; } = LabelKind.Instances;

    /// <summary>The label of pixels about which nothing is known; null for none.</summary>
    public int? VoidLabel { get; init; }

    /// <summary>Whether 0 is background and no object; of no matter for regions.</summary>
    public bool HasBackground { get; init; } = true;

    /// <summary>Whether every object of an image is labelled, so that the background truly holds none.</summary>
    public bool IsExhaustive { get; init; }

    /// <summary>Whether the components of everything but background are objects too (a person, of garments).</summary>
    public bool HasUnion { get; init; }

    /// <summary>Objects of fewer pixels are left out.</summary>
    public int MinAreaPixels { get; init; } = 64;

    /// <summary>Whether all pixels of a class are one object rather than each of its components.</summary>
    public bool IsWholeClasses { get; init; }
}
