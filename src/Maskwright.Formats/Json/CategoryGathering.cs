using Maskwright.Datasets;

namespace Maskwright.Formats.Json;

/// <summary>Gathers the categories of a data set whose files each name those they use.</summary>
internal sealed class CategoryGathering
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<DatasetCategory> _found = [];
    private readonly List<bool> _hasId = [];

    /// <summary>Adds a category that a file lists with all its details; the first list of a name counts.</summary>
    public void Add(DatasetCategory category)
    {
        if (_places.TryGetValue(category.Name, out var place) && !_hasId[place])
        {
            (_found[place], _hasId[place]) = (category, true);
        }
        else if (_places.TryAdd(category.Name, _found.Count))
        {
            _found.Add(category);
            _hasId.Add(true);
        }
    }

    /// <summary>Adds a category of which the name is known, and perhaps the id.</summary>
    public void Add(string name, long? id)
    {
        if (_places.TryAdd(name, _found.Count))
        {
            _found.Add(new DatasetCategory(id ?? 0, name));
            _hasId.Add(id is not null);
        }
    }

    /// <summary>All categories: with their ids where all have one and no two the same, else numbered from 1.</summary>
    public List<DatasetCategory> Finish()
    {
        var hasIds = _hasId.TrueForAll(has => has) && _found.Select(category => category.Id).Distinct().Count() == _found.Count;
        return hasIds ? _found : [.. _found.Select((category, index) => category with { Id = index + 1 })];
    }
}
