using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Json;
using Maskwright.Geometry;

namespace Maskwright.Formats.Coco;

/// <summary>The images of an indexed COCO file with their objects, read as they are asked for.</summary>
/// <param name="images">The index of the file with the images and categories.</param>
/// <param name="entries">The index of the file with the objects; the same one, but for results.</param>
/// <param name="options">What to do with faults.</param>
/// <param name="cancellationToken">Stops between images.</param>
internal sealed class CocoImages(CocoFileIndex images, CocoFileIndex entries, DatasetReadOptions options, CancellationToken cancellationToken)
{
    private const int NearBytes = 4096;

    /// <summary>What objects are called in errors.</summary>
    public string ListName { get; init; } = "annotations";

    /// <summary>A further check of every object: throws <see cref="FormatException"/>.</summary>
    public Action<AnnotatedObject>? Check { get; init; }

    /// <summary>The images in the file's order.</summary>
    public IEnumerable<AnnotatedImage> Read()
    {
        using var objectFile = new JsonEntryFile(entries.Places.Path);
        foreach (var image in ReadBare())
        {
            yield return image with { Objects = Objects(objectFile, image.Id ?? 0, image.Size) };
        }
    }

    /// <summary>The images without their objects.</summary>
    public IEnumerable<AnnotatedImage> ReadBare()
    {
        using var imageFile = new JsonEntryFile(images.Places.Path);
        var position = -1;
        foreach (var place in images.Images.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            position++;
            AnnotatedImage? image = null;
            TryRead(imageFile, images.Places, (place.Offset, place.Length, place.Offset + (1 << 16)), $"entry {position} of 'images'", item => image = CocoImageJson.Read(item));
            if (image is not null)
            {
                yield return image;
            }
        }
    }

    /// <summary>The images that results name, for which there is no file of images: their sizes are those of the run lengths.</summary>
    public IEnumerable<AnnotatedImage> ReadWithoutImages()
    {
        using var objectFile = new JsonEntryFile(entries.Places.Path);
        foreach (var id in entries.Annotations.ImageIds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (SizeFromMasks(objectFile, id) is { } size)
            {
                yield return new AnnotatedImage(string.Empty, size, Objects(objectFile, id, size)) { Id = id };
            }
        }
    }

    /// <summary>Reads each entry of an image.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="take">Gets the entries; a <see cref="FormatException"/> becomes a fault with its place.</param>
    public void ForEachEntry(JsonEntryFile file, long imageId, Action<CocoItem> take)
    {
        var positions = entries.Annotations.Of(imageId);
        long usefulEnd = 0;
        for (var i = 0; i < positions.Length; i++)
        {
            var entry = entries.Annotations[positions[i]];
            usefulEnd = entry.Offset + entry.Length > usefulEnd ? EndOfNeighbours(positions[i..]) : usefulEnd;
            TryRead(file, entries.Places, (entry.Offset, entry.Length, usefulEnd), $"entry {positions[i]} of '{ListName}'", take);
        }
    }

    private List<AnnotatedObject> Objects(JsonEntryFile file, long imageId, ImageSize size)
    {
        var objects = new List<AnnotatedObject>();
        ForEachEntry(file, imageId, item =>
        {
            var read = CocoObjectJson.Read(item, images.Categories, size);
            Check?.Invoke(read);
            objects.Add(read);
        });
        return objects;
    }

    private long EndOfNeighbours(ReadOnlySpan<int> positions)
    {
        var end = 0L;
        foreach (var position in positions)
        {
            var entry = entries.Annotations[position];
            if (end > 0 && entry.Offset - end > NearBytes)
            {
                break;
            }

            end = entry.Offset + entry.Length;
        }

        return end;
    }

    private ImageSize? SizeFromMasks(JsonEntryFile file, long imageId)
    {
        ImageSize? size = null;
        foreach (var position in entries.Annotations.Of(imageId))
        {
            var entry = entries.Annotations[position];
            TryRead(file, entries.Places, (entry.Offset, entry.Length, 0), $"entry {position} of '{ListName}'", item => size = item.Shape()?.Runs?.Size);
            if (size is not null)
            {
                return size;
            }
        }

        var first = entries.Annotations[entries.Annotations.Of(imageId)[0]];
        options.Handle(entries.Places.Fault(first.Offset, $"the size of image {imageId} is not known, since none of its results is a mask of run lengths: name the file that the results are for"));
        return null;
    }

    private void TryRead(JsonEntryFile file, JsonPlaces places, (long Offset, int Length, long UsefulEnd) place, string name, Action<CocoItem> take)
    {
        try
        {
            using var json = file.Parse(place.Offset, place.Length, place.UsefulEnd);
            take(new CocoItem(json.RootElement));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or JsonException)
        {
            var reason = e switch
            {
                FormatException => e.Message,
                JsonException => "the file was changed while it was read",
                _ => "a text is not valid Unicode",
            };
            options.Handle(places.Fault(place.Offset, $"{name}: {reason}", e));
        }
    }
}
