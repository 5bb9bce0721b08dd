using Maskwright.Datasets;

namespace Maskwright.Formats.Datasets;

/// <summary>Counts categories that get other numbers than they had.</summary>
internal static class CategoryNumbering
{
    /// <summary>Counts them for a format that numbers categories itself.</summary>
    /// <param name="tally">Where to count.</param>
    /// <param name="categories">The categories, in order.</param>
    /// <param name="number">The number that a category gets, by the category and its position.</param>
    public static void AddRenumbered(this LossTally tally, IReadOnlyList<DatasetCategory> categories, Func<DatasetCategory, int, long> number)
    {
        for (var i = 0; i < categories.Count; i++)
        {
            if (number(categories[i], i) != categories[i].Id)
            {
                tally.Add(LossKind.CategoryIdsDropped, 1, categories[i].Name);
            }
        }
    }
}
