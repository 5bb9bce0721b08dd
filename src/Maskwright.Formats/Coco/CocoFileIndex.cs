using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.Coco;

/// <summary>Where everything stands in a COCO file: one pass over it, whatever the order of its lists, holding 16 bytes an annotation.</summary>
internal sealed class CocoFileIndex
{
    private const int MaxInfoBytes = 4 << 20;

    private readonly DatasetReadOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, KeyValuePair<string, AttributeValue>> _info = new(StringComparer.Ordinal);
    private readonly Dictionary<long, DatasetCategory> _categories = [];
    private readonly Dictionary<long, (long Offset, int Length)> _images = [];

    private CocoFileIndex(string path, DatasetReadOptions options, CancellationToken cancellationToken)
    {
        Places = new JsonPlaces(path);
        (_options, _cancellationToken) = (options, cancellationToken);
    }

    /// <summary>Line and column of any byte.</summary>
    public JsonPlaces Places { get; }

    /// <summary>The categories by id, in the file's order.</summary>
    public IReadOnlyDictionary<long, DatasetCategory> Categories => _categories;

    /// <summary>Id and place of every image, in the file's order.</summary>
    public IReadOnlyDictionary<long, (long Offset, int Length)> Images => _images;

    /// <summary>The annotations of every image.</summary>
    public CocoEntryTable Annotations { get; } = new();

    /// <summary>Everything else at the file's root.</summary>
    public DatasetAttributes Info => new(_info.Values);

    /// <summary>Goes through a file of <c>images</c>, <c>categories</c> and <c>annotations</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to do with faults.</param>
    /// <param name="hasObjectIds">Whether annotations have ids, none twice.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    /// <exception cref="InvalidAnnotationException">The file is not JSON, a list is missing, ids collide, an annotation lies on no image.</exception>
    public static CocoFileIndex Read(string path, DatasetReadOptions options, bool hasObjectIds, CancellationToken cancellationToken)
    {
        var index = new CocoFileIndex(path, options, cancellationToken);
        using var json = new JsonItemReader(path);
        index.ReadRoot(json, hasObjectIds);
        index.Annotations.Sort();
        index.CheckImageIds();
        return index;
    }

    /// <summary>Goes through a file that is one list of results.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to do with faults.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    /// <returns>An index without images; its categories are those that results name, named by their number.</returns>
    /// <exception cref="InvalidAnnotationException">The file is not a list of objects with ids of images and categories.</exception>
    public static CocoFileIndex ReadResults(string path, DatasetReadOptions options, CancellationToken cancellationToken)
    {
        var index = new CocoFileIndex(path, options, cancellationToken);
        using var json = new JsonItemReader(path);
        index.ReadList(json, "results", (keys, place) =>
        {
            var category = keys.CategoryId ?? throw new FormatException("'category_id' is missing");
            index._categories.TryAdd(category, new DatasetCategory(category, category.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            index.Annotations.Add(keys.ImageId ?? throw new FormatException("'image_id' is missing"), place.Offset, place.Length);
        });
        json.ExpectEnd();
        index.Annotations.Sort();
        return index;
    }

    private void ReadRoot(JsonItemReader json, bool hasObjectIds)
    {
        if (json.Next(out _) != JsonTokenType.StartObject)
        {
            throw json.Fault("the file does not hold one object with images, categories and annotations");
        }

        var seen = new HashSet<string>();
        while (json.Next(out var name) == JsonTokenType.PropertyName)
        {
            if (!seen.Add(name))
            {
                throw json.Fault($"'{name}' stands there twice");
            }

            ReadField(json, name, hasObjectIds);
        }

        json.ExpectEnd();
        if (((string[])["images", "annotations", "categories"]).FirstOrDefault(list => !seen.Contains(list)) is { } missing)
        {
            throw json.Fault($"the list '{missing}' is missing");
        }
    }

    private void ReadField(JsonItemReader json, string name, bool hasObjectIds)
    {
        switch (name)
        {
            case "images":
                ReadList(json, name, (keys, place) =>
                {
                    if (!_images.TryAdd(keys.Id ?? throw new FormatException("'id' is missing"), place))
                    {
                        throw new FormatException($"the id {keys.Id} stands in 'images' twice");
                    }
                });
                break;
            case "categories":
                ReadCategories(json);
                break;
            case "annotations":
                var ids = new IdSet();
                ReadList(json, name, (keys, place) =>
                {
                    if (hasObjectIds && keys.Id is { } id && !ids.Add(id))
                    {
                        throw new FormatException($"the id {id} stands in 'annotations' twice");
                    }

                    Annotations.Add(keys.ImageId ?? throw new FormatException("'image_id' is missing"), place.Offset, place.Length);
                });
                break;
            default:
                ReadInfo(json, name);
                break;
        }
    }

    private void ReadList(JsonItemReader json, string list, Action<CocoEntryKeys, (long Offset, int Length)> take)
    {
        if (json.Next(out _) != JsonTokenType.StartArray)
        {
            throw json.Fault($"'{list}' is not a list");
        }

        for (var position = 0; json.NextRaw(out var item); position++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            Places.Note(json);
            try
            {
                take(CocoEntryKeys.Of(item), (json.ItemOffset, item.Length));
            }
            catch (FormatException e)
            {
                _options.Handle(new InvalidAnnotationException(Places.Path, json.ItemLine, $"column {json.ItemColumn}: entry {position} of '{list}': {e.Message}", e));
            }
        }
    }

    private void ReadCategories(JsonItemReader json)
    {
        foreach (var category in json.Items("categories", CocoCategoryJson.Read, _cancellationToken, onFault: _options.Handle))
        {
            if (!_categories.TryAdd(category.Id, category))
            {
                _options.Handle(json.FaultOfItem($"the id {category.Id} stands in 'categories' twice"));
            }
        }
    }

    private void ReadInfo(JsonItemReader json, string name)
    {
        using var value = json.ValueUpTo(MaxInfoBytes);
        if (value is null)
        {
            json.Skip();
            _options.PassOver(Places.Path, null, $"'{name}' at the root is larger than {MaxInfoBytes >> 20} MB and is not carried along");
            return;
        }

        try
        {
            _info.Add(name, KeyValuePair.Create(name, JsonAttributes.Of(value.RootElement)));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            _options.Handle(json.Fault($"'{name}': {(e is FormatException ? e.Message : "a text is not valid Unicode")}"));
        }
    }

    private void CheckImageIds()
    {
        foreach (var imageId in Annotations.ImageIds.Where(id => !_images.ContainsKey(id)))
        {
            foreach (var position in Annotations.Of(imageId))
            {
                _options.Handle(Places.Fault(Annotations[position].Offset, $"entry {position} of 'annotations': 'image_id' is {imageId}, but there is no such image"));
            }
        }
    }
}
