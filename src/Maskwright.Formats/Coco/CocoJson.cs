using System.Text.Encodings.Web;
using System.Text.Json;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Coco;

/// <summary>The parts that COCO's JSON and its relatives are made of.</summary>
internal static class CocoJson
{
    /// <summary>The category of masks without a label.</summary>
    public const string Unlabelled = "object";

    private const int FlushBytes = 1 << 16;

    /// <summary>Writes a whole data set; the annotations come before the images and categories, which are known only at the end.</summary>
    public static void WriteDataSet(Stream stream, IEnumerable<CocoImage> images, CancellationToken cancellationToken)
    {
        var seen = new List<(string FileName, ImageSize Size)>();
        var categories = new List<string> { Unlabelled };
        var annotationId = 0L;
        using var json = Writer(stream);
        json.WriteStartObject();
        json.WriteStartArray("annotations");
        foreach (var image in images)
        {
            seen.Add((image.FileName, image.Size));
            foreach (var proposal in image.Proposals)
            {
                cancellationToken.ThrowIfCancellationRequested();
                CheckSize(image, proposal);
                WriteAnnotation(json, ++annotationId, seen.Count, proposal, categories);
            }
        }

        json.WriteEndArray();
        WriteImages(json, seen);
        WriteCategories(json, categories);
        json.WriteEndObject();
    }

    /// <summary>A writer whose strings keep every character of a compressed mask as it is.</summary>
    public static Utf8JsonWriter Writer(Stream stream) =>
        new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Writes <c>"segmentation": {"size": [h, w], "counts": "..."}</c>.</summary>
    public static void WriteSegmentation(Utf8JsonWriter json, RunLengthMask mask)
    {
        json.WriteStartObject("segmentation");
        json.WriteStartArray("size");
        json.WriteNumberValue(mask.Size.Height);
        json.WriteNumberValue(mask.Size.Width);
        json.WriteEndArray();
        json.WriteString("counts", mask.ToCocoString());
        json.WriteEndObject();
    }

    /// <summary>Writes a list of integers.</summary>
    public static void WriteIntegers(Utf8JsonWriter json, string name, params ReadOnlySpan<int> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a score; null where it is not a number, since JSON has no such number.</summary>
    public static void WriteScore(Utf8JsonWriter json, string name, double? score)
    {
        if (score is { } value && double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Hands on what was written once it is enough to be worth it.</summary>
    public static void FlushSometimes(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushBytes)
        {
            json.Flush();
        }
    }

    private static void CheckSize(CocoImage image, MaskProposal proposal)
    {
        if (proposal.Mask.Size != image.Size)
        {
            throw new ArgumentException($"A mask of the image '{image.FileName}' is {proposal.Mask.Size}, but the image is {image.Size}.");
        }
    }

    private static void WriteAnnotation(Utf8JsonWriter json, long id, int imageId, MaskProposal proposal, List<string> categories)
    {
        var bounds = proposal.Bounds;
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", imageId);
        json.WriteNumber("category_id", CategoryId(categories, proposal.Label ?? Unlabelled));
        WriteSegmentation(json, proposal.Mask);
        json.WriteNumber("area", proposal.Area);
        WriteIntegers(json, "bbox", bounds.X, bounds.Y, bounds.Width, bounds.Height);
        json.WriteNumber("iscrowd", 0);
        WriteScore(json, "predicted_iou", proposal.PredictedIou);
        if (proposal.StabilityScore is { } stability)
        {
            WriteScore(json, "stability_score", stability);
        }

        json.WriteEndObject();
        FlushSometimes(json);
    }

    private static int CategoryId(List<string> categories, string label)
    {
        var index = categories.IndexOf(label);
        if (index < 0)
        {
            index = categories.Count;
            categories.Add(label);
        }

        return index + 1;
    }

    private static void WriteImages(Utf8JsonWriter json, List<(string FileName, ImageSize Size)> images)
    {
        json.WriteStartArray("images");
        for (var i = 0; i < images.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteNumber("width", images[i].Size.Width);
            json.WriteNumber("height", images[i].Size.Height);
            json.WriteString("file_name", images[i].FileName);
            json.WriteEndObject();
            FlushSometimes(json);
        }

        json.WriteEndArray();
    }

    private static void WriteCategories(Utf8JsonWriter json, List<string> categories)
    {
        json.WriteStartArray("categories");
        for (var i = 0; i < categories.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteString("name", categories[i]);
            json.WriteString("supercategory", Unlabelled);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
