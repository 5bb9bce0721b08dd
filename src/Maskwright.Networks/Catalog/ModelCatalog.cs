namespace Maskwright.Networks.Catalog;

/// <summary>The models that Maskwright knows by name.</summary>
public static class ModelCatalog
{
    private static readonly Dictionary<string, CatalogEntry> ByName = Index();

    /// <summary>The model that is used where none is named.</summary>
    public static string DefaultName => "seedling";

    /// <summary>Every known model, in the order in which a list should show them.</summary>
    public static IReadOnlyList<CatalogEntry> Entries => KnownModels.All;

    /// <summary>Finds a model by identifier or alias.</summary>
    /// <param name="name">What a person typed; case does not matter.</param>
    /// <returns>The entry; null when no entry has this name.</returns>
    public static CatalogEntry? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ByName.GetValueOrDefault(name.Trim());
    }

    /// <summary>Finds names that a person may have meant.</summary>
    /// <param name="name">A name that <see cref="Find"/> does not know.</param>
    /// <returns>At most three short names, the nearest first; empty when nothing is near.</returns>
    public static IReadOnlyList<string> Suggest(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var typed = name.Trim().ToLowerInvariant();
        return [.. ByName
            .Select(pair => (pair.Value.ShortName, Distance: EditDistance(typed, pair.Key.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(2, typed.Length / 3))
            .GroupBy(candidate => candidate.ShortName)
            .OrderBy(group => group.Min(candidate => candidate.Distance)).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .Take(3)];
    }

    private static Dictionary<string, CatalogEntry> Index()
    {
        var index = new Dictionary<string, CatalogEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in KnownModels.All)
        {
            foreach (var name in entry.Aliases.Prepend(entry.Id))
            {
                index.Add(name, entry);
            }
        }

        return index;
    }

    // Levenshtein, two rows.
    private static int EditDistance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
