namespace Maskwright.Training.Interaction;

/// <summary>How a promptable network learns from another one.</summary>
public sealed record DistillationOptions
{
    /// <summary>The model that teaches: a name of the catalog, or a checkpoint of any promptable model; null for none.</summary>
    public string? Model { get; init; }

    /// <summary>The weight of its answers beside the labels.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>On photos without labels, masks that the teacher believes to be at least this good are asked for as if they were labelled, in IoU.</summary>
    public double LeastQuality { get; init; } = 0.7;

    /// <summary>A residual network that the encoder learns to follow, such as a classifier of ImageNet: a file or a model's name that training can begin from; null for none.</summary>
    public string? Backbone { get; init => field = string.IsNullOrEmpty(value) ? null : value; }

    /// <summary>The weight of what the encoder cannot say of the other backbone's coarsest map, as a share of the map's variance.</summary>
    public double BackboneWeight { get; init; } = 0.5;

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="ArgumentException">Some value is out of range; the message names all such.</exception>
    public void Validate()
    {
        List<string> faults =
        [
            .. Weight is >= 0 and < double.PositiveInfinity ? (IEnumerable<string>)[] : [$"distillation.weight {Weight} is negative or no number"],
            .. BackboneWeight is >= 0 and < double.PositiveInfinity ? (IEnumerable<string>)[] : [$"distillation.backboneWeight {BackboneWeight} is negative or no number"],
            .. LeastQuality is >= 0 and <= 1 ? (IEnumerable<string>)[] : [$"distillation.leastQuality {LeastQuality} is not in [0, 1]"],
        ];
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }
    }
}
