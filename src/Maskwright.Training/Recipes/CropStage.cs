namespace Maskwright.Training.Recipes;

/// <summary>The crop's side, and how much of a photo it shows, from a part of the run on.</summary>
public sealed record CropStage
{
    /// <summary>The part of the run at which it begins, 0 to 1.</summary>
    public double From { get; init; }

    /// <summary>S, in pixels; a multiple of 32.</summary>
    public int Side { get; init; } = 256;

    /// <summary>The least factor on the nominal scale; null for that of the augmentation.</summary>
    public double? MinScale { get; init; }

    /// <summary>The greatest factor on the nominal scale; null for that of the augmentation.</summary>
    public double? MaxScale { get; init; }
}
