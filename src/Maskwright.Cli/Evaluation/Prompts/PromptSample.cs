namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>An image of the sample, with the objects that were drawn, by their positions among all of the image.</summary>
internal sealed record PromptSample(PromptImage Image, IReadOnlyList<int> Objects)
{
    /// <summary>Draws images of each set, and objects of each image. The same seed draws the same.</summary>
    /// <param name="images">All images.</param>
    /// <param name="imagesPerSet">The most images of a set; 0 for all.</param>
    /// <param name="objectsPerImage">The most objects of an image; 0 for all.</param>
    /// <param name="seed">Seeds each set by itself, so that choosing sets does not change the others.</param>
    /// <param name="omissions">Told of images whose objects cannot be read.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    /// <returns>The images by set; those without objects are left out.</returns>
    public static IReadOnlyList<PromptSample> Draw(
        IEnumerable<PromptImage> images, int imagesPerSet, int objectsPerImage, int seed, Omissions omissions, CancellationToken cancellationToken)
    {
        var samples = new List<PromptSample>();
        foreach (var set in images.GroupBy(image => image.Set))
        {
            var random = new Random(seed);
            foreach (var image in set.OrderBy(_ => random.Next()).Take(imagesPerSet == 0 ? int.MaxValue : imagesPerSet))
            {
                cancellationToken.ThrowIfCancellationRequested();
                omissions.Try(() =>
                {
                    var drawn = Enumerable.Range(0, image.ReadObjects(cancellationToken).Count).OrderBy(_ => random.Next());
                    samples.Add(new PromptSample(image, [.. drawn.Take(objectsPerImage == 0 ? int.MaxValue : objectsPerImage)]));
                });
            }
        }

        return [.. samples.Where(sample => sample.Objects.Count > 0)];
    }
}
