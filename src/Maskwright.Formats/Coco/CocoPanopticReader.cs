using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Formats.Json;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>Reads COCO's panoptic format: a JSON file of segments and a folder of PNG files whose colours are segment ids.</summary>
public static class CocoPanopticReader
{
    /// <summary>Reads the segments of every image; a label map is read when its image is reached.</summary>
    /// <param name="jsonPath">The JSON file.</param>
    /// <param name="pngFolder">The folder of the PNG files.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    /// <returns>The images in the file's order.</returns>
    /// <exception cref="InvalidAnnotationException">The file is not JSON, a field is missing or wrong.</exception>
    /// <exception cref="InvalidImageException">A PNG file cannot be read.</exception>
    /// <remarks>COCO 2018 panoptic format: id = R + 256 G + 65536 B, 0 is void.</remarks>
    public static IEnumerable<PanopticImage> Read(string jsonPath, string pngFolder, CancellationToken cancellationToken = default) =>
        ReadEntries(jsonPath, pngFolder, cancellationToken).Select(entry => entry.ReadImage());

    /// <summary>Reads the segments of every image, and where its label map lies, but no label map.</summary>
    /// <param name="jsonPath">The JSON file.</param>
    /// <param name="pngFolder">The folder of the PNG files.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    /// <returns>The images in the file's order.</returns>
    /// <exception cref="InvalidAnnotationException">The file is not JSON, a field is missing or wrong.</exception>
    public static IEnumerable<PanopticEntry> ReadEntries(string jsonPath, string pngFolder, CancellationToken cancellationToken = default)
    {
        using var json = new JsonItemReader(jsonPath);
        if (json.Next(out _) != JsonTokenType.StartObject)
        {
            throw json.Fault("the file does not hold one object with annotations");
        }

        while (json.Next(out var name) == JsonTokenType.PropertyName)
        {
            if (name != "annotations")
            {
                json.Skip();
                continue;
            }

            foreach (var entry in json.Items(name, item => Entry(item, pngFolder), cancellationToken))
            {
                yield return entry;
            }
        }

        json.ExpectEnd();
    }

    /// <summary>Reads the segment of every pixel from a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidImageException">The file cannot be read.</exception>
    public static LabelMap ReadLabels(string path) => FromColours(ImageReader.Read(path));

    /// <summary>Reads categories from a file of their own, a list, or from the <c>categories</c> of an annotation file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    /// <exception cref="InvalidAnnotationException">The file is not JSON, holds no categories, or a field is missing or wrong.</exception>
    public static IReadOnlyList<TruthCategory> ReadCategories(string path, CancellationToken cancellationToken = default)
    {
        using var json = new JsonItemReader(path);
        var first = json.Next(out _);
        if (first == JsonTokenType.StartArray)
        {
            return [.. json.Items("categories", CocoReader.Category, cancellationToken, isInside: true)];
        }

        while (first == JsonTokenType.StartObject && json.Next(out var name) == JsonTokenType.PropertyName)
        {
            if (name == "categories")
            {
                return [.. json.Items(name, CocoReader.Category, cancellationToken)];
            }

            json.Skip();
        }

        throw json.Fault("there are no categories");
    }

    private static PanopticEntry Entry(CocoItem item, string pngFolder) =>
        new(item.Id("image_id"), Path.Combine(pngFolder, item.Text("file_name")), [.. item.Items("segments_info").Select(Segment)]);

    private static PanopticSegment Segment(CocoItem item)
    {
        var id = item.Id("id");
        return id is > 0 and < 1 << 24
            ? new PanopticSegment((int)id, item.Id("category_id")) { Area = item.Has("area") ? item.Integer("area") : null, IsCrowd = item.Flag("iscrowd") }
            : throw new FormatException($"the segment id {id} is not a colour");
    }

    private static LabelMap FromColours(RgbImage image)
    {
        var labels = new int[image.Width * image.Height];
        var pixels = image.Pixels;
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = pixels[3 * i] | (pixels[(3 * i) + 1] << 8) | (pixels[(3 * i) + 2] << 16);
        }

        return new LabelMap(image.Size, labels);
    }
}
