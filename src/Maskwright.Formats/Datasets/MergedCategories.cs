using Maskwright.Datasets;

namespace Maskwright.Formats.Datasets;

/// <summary>The categories of several data sets as one list, joined by name.</summary>
internal sealed class MergedCategories
{
    private readonly Dictionary<long, DatasetCategory>[] _ofSource;

    public MergedCategories(IEnumerable<IReadOnlyList<DatasetCategory>> sources)
    {
        var all = new List<DatasetCategory>();
        var ids = new IdAssignment();
        var byName = new Dictionary<string, DatasetCategory>(StringComparer.Ordinal);
        DatasetCategory Join(DatasetCategory category)
        {
            if (!byName.TryGetValue(category.Name, out var joined))
            {
                byName[category.Name] = joined = category with { Id = ids.Assign(category.Id, out _) };
                all.Add(joined);
            }

            return joined;
        }

        _ofSource = [.. sources.Select(categories => categories.ToDictionary(category => category.Id, Join))];
        All = all;
    }

    /// <summary>Every category once.</summary>
    public IReadOnlyList<DatasetCategory> All { get; }

    /// <summary>An image of one of the data sets with the joined categories.</summary>
    public AnnotatedImage Renamed(AnnotatedImage image, int source)
    {
        var map = _ofSource[source];
        return image with
        {
            Objects = [.. image.Objects.Select(item => item with { Category = map[item.Category.Id] })],
            AbsentCategoryIds = Renamed(image.AbsentCategoryIds, map),
            IncompleteCategoryIds = Renamed(image.IncompleteCategoryIds, map),
        };
    }

    private static long[]? Renamed(IReadOnlyList<long>? ids, Dictionary<long, DatasetCategory> map) =>
        ids is null ? null : [.. ids.Select(id => map.TryGetValue(id, out var category) ? category.Id : id)];
}
