namespace Maskwright.Training.Data;

/// <summary>A photo with masks that can be loaded when it is its turn.</summary>
/// <param name="Set">The set it belongs to; sets are balanced.</param>
/// <param name="Name">The name by which messages call it.</param>
/// <param name="Load">Decodes it; called from another thread, more than once when the cache is full.</param>
public sealed record TrainingExample(string Set, string Name, Func<LabelledPhoto> Load)
{
    /// <summary>What tells this state of photo and masks from another without opening them, such as the files' sizes; empty where nothing is known.</summary>
    public string Identity { get; init; } = string.Empty;
}
