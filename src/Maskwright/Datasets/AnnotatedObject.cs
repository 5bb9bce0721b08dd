using Maskwright.Metrics;

namespace Maskwright.Datasets;

/// <summary>One annotated object of an image.</summary>
/// <param name="Category">What it is; one of the data set's categories.</param>
/// <param name="Shape">Where it is.</param>
public sealed record AnnotatedObject(DatasetCategory Category, ObjectShape Shape)
{
    /// <summary>Its number in the data set; null when not given.</summary>
    public long? Id { get; init; }

    /// <summary>Its box as the data set gives it; null when not given, and then the shape's bounds stand for it.</summary>
    public ObjectBox? Box { get; init; }

    /// <summary>Its area in pixels as the data set gives it; null when not given.</summary>
    public double? Area { get; init; }

    /// <summary>Whether it stands for many objects that were not told apart.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>Whether the data set asks not to count it (<c>ignore</c>, <c>difficult</c>).</summary>
    public bool IsIgnored { get; init; }

    /// <summary>A model's confidence; null for annotations by people.</summary>
    public double? Score { get; init; }

    /// <summary>How sure a model is of the object: its score, else what SAM's files and this tool's own call <c>predicted_iou</c>; null where nothing is said.</summary>
    public double? Confidence => Score ?? Attributes["predicted_iou"] switch
    {
        NumberValue number => number.Number,
        IntegerValue number => number.Number,
        _ => null,
    };

    /// <summary>Objects of one image with the same number belong together; null when not given.</summary>
    public long? GroupId { get; init; }

    /// <summary>Objects of several images with the same number are the same object seen again; null when not given.</summary>
    public long? TrackId { get; init; }

    /// <summary>What else the data set says about it.</summary>
    public DatasetAttributes Attributes { get; init; } = DatasetAttributes.Empty;
}
