using Maskwright.Datasets;

namespace Maskwright.Formats.Datasets;

/// <summary>Joins several data sets into one.</summary>
public static class DatasetMerging
{
    /// <summary>Joins data sets: the images of the first, then those of the second, and so on.</summary>
    /// <param name="sources">At least one data set, each with the name by which faults call it, usually its path.</param>
    /// <param name="renumbers">True: ids of images and objects are forgotten, so that a writer gives new ones. False: they are kept, and an id that two data
    /// sets have is a fault.</param>
    /// <param name="options">What to do with faults; null throws the first.</param>
    /// <returns>
    /// Categories of one name are one category, with the id of the data set that names it first; another that has this id gets the next free one. What
    /// the data sets say about themselves is taken from the first that says it.
    /// </returns>
    /// <exception cref="ArgumentException">There is no data set.</exception>
    public static AnnotatedDataset Merge(IReadOnlyList<(string Name, AnnotatedDataset Dataset)> sources, bool renumbers = false, DatasetReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count == 0)
        {
            throw new ArgumentException("Merging needs at least one data set.", nameof(sources));
        }

        var first = sources[0].Dataset;
        if (sources.Count == 1)
        {
            return renumbers ? first.Select(WithoutIds) : first;
        }

        var categories = new MergedCategories(sources.Select(source => source.Dataset.Categories));
        var folders = sources.Select(source => source.Dataset.ImageFolder).Distinct().ToList();
        return new AnnotatedDataset(categories.All, new MergedImages(sources, categories, renumbers, options ?? DatasetReadOptions.Default))
        {
            ImageCount = sources.All(source => source.Dataset.ImageCount is not null) ? sources.Sum(source => source.Dataset.ImageCount) : null,
            ImageFolder = folders.Count == 1 ? folders[0] : null,
            Info = new DatasetAttributes(sources.SelectMany(source => source.Dataset.Info).DistinctBy(entry => entry.Key)),
        };
    }

    internal static AnnotatedImage WithoutIds(AnnotatedImage image) => image with { Id = null, Objects = [.. image.Objects.Select(item => item with { Id = null })] };
}
