using Maskwright.Geometry;

namespace Maskwright.Datasets;

/// <summary>One image of a data set with its objects.</summary>
/// <param name="FileName">Its file as the data set names it, relative to the data set's image folder, with forward slashes; unique within a data set unless empty.</param>
/// <param name="Size">Width and height in pixels.</param>
/// <param name="Objects">The objects, in the data set's order; empty when nothing is on it.</param>
public sealed record AnnotatedImage(string FileName, ImageSize Size, IReadOnlyList<AnnotatedObject> Objects)
{
    /// <summary>Its number in the data set; null when not given.</summary>
    public long? Id { get; init; }

    /// <summary>The part of the data set that it belongs to, such as <c>train</c> or <c>val</c>; null when not given.</summary>
    public string? Split { get; init; }

    /// <summary>LVIS: categories known to be absent; null when the data set does not say.</summary>
    public IReadOnlyList<long>? AbsentCategoryIds { get; init; }

    /// <summary>LVIS: categories of which not every object is annotated; null when the data set does not say.</summary>
    public IReadOnlyList<long>? IncompleteCategoryIds { get; init; }

    /// <summary>What else the data set says about it.</summary>
    public DatasetAttributes Attributes { get; init; } = DatasetAttributes.Empty;
}
