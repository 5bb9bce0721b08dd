using System.Collections;
using Maskwright.Datasets;

namespace Maskwright.Formats.Datasets;

/// <summary>The images of several data sets, one data set after the other.</summary>
internal sealed class MergedImages(
    IReadOnlyList<(string Name, AnnotatedDataset Dataset)> sources, MergedCategories categories, bool renumbers, DatasetReadOptions options) : IEnumerable<AnnotatedImage>
{
    public IEnumerator<AnnotatedImage> GetEnumerator()
    {
        var (imageIds, objectIds) = (new IdSet(), new IdSet());
        for (var i = 0; i < sources.Count; i++)
        {
            foreach (var image in sources[i].Dataset.Images)
            {
                var renamed = categories.Renamed(image, i);
                if (renumbers)
                {
                    yield return DatasetMerging.WithoutIds(renamed);
                }
                else if (Checked(renamed, sources[i].Name, imageIds, objectIds) is { } sound)
                {
                    yield return sound;
                }
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private AnnotatedImage? Checked(AnnotatedImage image, string source, IdSet imageIds, IdSet objectIds)
    {
        if (image.Id is { } imageId && !imageIds.Add(imageId))
        {
            options.Handle(new InvalidAnnotationException(source, null, $"the image id {imageId} ({image.FileName}) stands in another input as well"));
            return null;
        }

        var sound = image.Objects.Where(item => item.Id is not { } id || objectIds.Add(id)).ToList();
        foreach (var twice in image.Objects.Except(sound, ReferenceEqualityComparer.Instance).Cast<AnnotatedObject>())
        {
            options.Handle(new InvalidAnnotationException(source, null, $"the object id {twice.Id} (in {image.FileName}) stands in another input as well"));
        }

        return sound.Count == image.Objects.Count ? image : image with { Objects = sound };
    }
}
