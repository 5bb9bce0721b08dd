using Maskwright.Images;
using Maskwright.Metrics;

namespace Maskwright.Datasets;

/// <summary>One category of a data set.</summary>
/// <param name="Id">Its number in the data set; formats that know only names number them from 1 as they come.</param>
/// <param name="Name">Its name.</param>
public sealed record DatasetCategory(long Id, string Name)
{
    /// <summary>The category of objects in data sets that have none: number 1, "object".</summary>
    public static DatasetCategory Unlabelled { get; } = new(1, "object");

    /// <summary>The name of the group that it belongs to; null when not given.</summary>
    public string? Supercategory { get; init; }

    /// <summary>Whether it is a countable thing; false for stuff such as sky.</summary>
    public bool IsThing { get; init; } = true;

    /// <summary>How often the training set shows it (LVIS); null when not given.</summary>
    public CategoryFrequency? Frequency { get; init; }

    /// <summary>The colour in which tools draw it; null when not given.</summary>
    public RgbColour? Colour { get; init; }

    /// <summary>What else the data set says about it.</summary>
    public DatasetAttributes Attributes { get; init; } = DatasetAttributes.Empty;
}
