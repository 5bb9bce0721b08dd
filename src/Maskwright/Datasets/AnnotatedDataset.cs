namespace Maskwright.Datasets;

/// <summary>A data set of annotated images, read one image at a time.</summary>
/// <param name="Categories">Every category, also those without objects, no id twice; complete before the first image is read.</param>
/// <param name="Images">The images in the data set's order. Reading starts anew with every enumeration, and nothing is kept; a fault in the files
/// ends the enumeration with an exception unless the reader was asked to keep going.</param>
public sealed record AnnotatedDataset(IReadOnlyList<DatasetCategory> Categories, IEnumerable<AnnotatedImage> Images)
{
    /// <summary>The number of images; null when it is not known before they are read.</summary>
    public int? ImageCount { get; init; }

    /// <summary>The folder by which the images' file names are found; null when it is not known.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>What the data set says about itself: version, licences, contributors.</summary>
    public DatasetAttributes Info { get; init; } = DatasetAttributes.Empty;

    /// <summary>The same data set with every image changed on its way.</summary>
    /// <param name="change">Gives the image to take its place; null leaves it out.</param>
    public AnnotatedDataset Select(Func<AnnotatedImage, AnnotatedImage?> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return this with { Images = new ChangedImages(Images, change), ImageCount = null };
    }

    private sealed class ChangedImages(IEnumerable<AnnotatedImage> images, Func<AnnotatedImage, AnnotatedImage?> change) : IEnumerable<AnnotatedImage>
    {
        public IEnumerator<AnnotatedImage> GetEnumerator() => images.Select(change).OfType<AnnotatedImage>().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
