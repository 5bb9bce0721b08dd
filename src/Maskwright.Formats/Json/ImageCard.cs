using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Geometry;

namespace Maskwright.Formats.Json;

/// <summary>What is known of an image but for its objects, and the categories of its data set, as two members of a JSON object: <c>image</c> and <c>categories</c>.</summary>
/// <param name="FileName">The image's file; null when not given.</param>
/// <param name="Size">Its size; null when not given.</param>
/// <param name="Id">Its id.</param>
/// <param name="Split">Its split.</param>
/// <param name="Attributes">All else.</param>
internal sealed record ImageCard(string? FileName, ImageSize? Size, long? Id, string? Split, DatasetAttributes Attributes)
{
    private static readonly string[] s_taken = ["file_name", "width", "height", "id", "split", "attributes"];

    /// <summary>A card that says nothing.</summary>
    public static ImageCard Empty { get; } = new(null, null, null, null, DatasetAttributes.Empty);

    /// <summary>Reads the member <c>image</c>.</summary>
    public static ImageCard Read(LocatedJson root) => root.Optional("image") is not { } image ? Empty : new ImageCard(
        image.Optional("file_name")?.Text(),
        image.Has("width") ? image.Size("width", "height") : null,
        image.Optional("id")?.Integer(),
        image.Optional("split")?.Text(),
        ObjectCard.AttributesOf(image, s_taken));

    /// <summary>Reads the member <c>categories</c>; empty when there is none.</summary>
    public static List<DatasetCategory> Categories(LocatedJson root) => [.. (root.Optional("categories")?.Items() ?? []).Select(Category)];

    /// <summary>Writes both members into the object that is being written.</summary>
    public static void Write(Utf8JsonWriter json, AnnotatedImage image, IEnumerable<DatasetCategory> categories)
    {
        json.WriteStartObject("image");
        json.WriteString("file_name", image.FileName);
        json.WriteNumber("width", image.Size.Width);
        json.WriteNumber("height", image.Size.Height);
        if (image.Id is { } id)
        {
            json.WriteNumber("id", id);
        }

        if (image.Split is { } split)
        {
            json.WriteString("split", split);
        }

        ObjectCard.WriteAttributes(json, image.Attributes, s_taken);
        json.WriteEndObject();
        json.WriteStartArray("categories");
        foreach (var category in categories)
        {
            CocoCategoryJson.Write(json, category, asPanoptic: false, frequency: null);
        }

        json.WriteEndArray();
    }

    private static DatasetCategory Category(LocatedJson json)
    {
        try
        {
            return CocoCategoryJson.Read(new CocoItem(json.Element));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw json.Fault($"{json.Name}: {(e is FormatException ? e.Message : "a text is not valid Unicode")}", e);
        }
    }
}
