using Maskwright.Geometry;

namespace Maskwright.Datasets.Checking;

/// <summary>One thing that may be wrong with a data set.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How sure it is.</param>
/// <param name="Message">What was found, as part of a sentence without a full stop; it does not repeat the image's name.</param>
public sealed record DatasetFinding(FindingKind Kind, FindingSeverity Severity, string Message)
{
    /// <summary>The part of the data, such as <c>train</c>; empty when there is only one.</summary>
    public string Part { get; init; } = string.Empty;

    /// <summary>The image's file name as the data set gives it; null when the finding is not about one image.</summary>
    public string? Image { get; init; }

    /// <summary>The object's number in the data set; null when it has none, or when the finding is not about one object.</summary>
    public long? ObjectId { get; init; }

    /// <summary>The object's index on its image, counted from 0; null when the finding is not about one object.</summary>
    public int? ObjectIndex { get; init; }

    /// <summary>The class concerned; null for none.</summary>
    public string? Category { get; init; }

    /// <summary>Where on the image, in its pixels; null for no particular place.</summary>
    public PixelPoint? At { get; init; }

    /// <summary>The other image that this one looks like, and its part; null when the finding is about no pair.</summary>
    public (string Part, string Image)? Other { get; init; }

    /// <summary>How bad it is among findings of its kind; larger is worse.</summary>
    public double Weight { get; init; }
}
