namespace Maskwright.Metrics;

/// <summary>One category of a ground truth.</summary>
/// <param name="Id">Its number in the data set.</param>
/// <param name="Name">Its name.</param>
public sealed record TruthCategory(long Id, string Name)
{
    /// <summary>How often the training set shows it (LVIS); null when the data set does not say.</summary>
    public CategoryFrequency? Frequency { get; init; }

    /// <summary>Whether it is a countable thing (panoptic data sets); false for stuff such as sky.</summary>
    public bool IsThing { get; init; } = true;
}
