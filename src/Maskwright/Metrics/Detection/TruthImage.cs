using Maskwright.Geometry;

namespace Maskwright.Metrics;

/// <summary>One image of a ground truth; it counts also when nothing is on it.</summary>
/// <param name="Id">Its number in the data set.</param>
/// <param name="Size">Width and height in pixels.</param>
/// <param name="FileName">Its file, as the data set names it; empty when unknown.</param>
public sealed record TruthImage(long Id, ImageSize Size, string FileName = "")
{
    /// <summary>LVIS: categories known to be absent, <c>neg_category_ids</c>.</summary>
    public IReadOnlyList<long> AbsentCategoryIds { get; init; } = [];

    /// <summary>LVIS: categories of which not every object is annotated, <c>not_exhaustive_category_ids</c>.</summary>
    public IReadOnlyList<long> IncompleteCategoryIds { get; init; } = [];
}
