using System.Text.Json;
using Maskwright.Formats.Json;
using Maskwright.Geometry;
using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>Reads COCO's annotation files (also LVIS's) and result files, for measuring.</summary>
/// <remarks>One entry is held in memory at a time besides what it becomes. Any fault is an error with file, line and column; nothing is repaired.</remarks>
public static class CocoReader
{
    /// <summary>Reads a ground truth: <c>images</c>, <c>categories</c> and <c>annotations</c>, in any order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    /// <returns>The ground truth, every polygon turned into a mask as pycocotools does.</returns>
    /// <exception cref="InvalidAnnotationException">The file is not JSON, a field is missing or wrong, ids collide, or an annotation lies on no image of the file.</exception>
    public static DetectionTruth ReadInstances(string path, CancellationToken cancellationToken = default)
    {
        using var json = new JsonItemReader(path);
        var images = new Dictionary<long, TruthImage>();
        var categories = new Dictionary<long, TruthCategory>();
        var pending = new List<PendingObject>();
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

            switch (name)
            {
                case "images":
                    ForEach(json, name, item => AddNew(images, Image(item), image => image.Id, name), cancellationToken);
                    break;
                case "categories":
                    ForEach(json, name, item => AddNew(categories, Category(item), category => category.Id, name), cancellationToken);
                    break;
                case "annotations":
                    ForEach(json, name, item => pending.Add(Pending(item, json)), cancellationToken);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        json.ExpectEnd();
        CheckLists(json, seen);
        return new DetectionTruth([.. images.Values], [.. categories.Values], Finish(path, pending, images, categories, cancellationToken));
    }

    /// <summary>Reads a list of results: <c>image_id</c>, <c>category_id</c>, <c>score</c>, and a <c>segmentation</c> or a <c>bbox</c> or both.</summary>
    /// <param name="path">The file.</param>
    /// <param name="truth">The ground truth that the results are for.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    /// <exception cref="InvalidAnnotationException">The file is not JSON, a field is missing or wrong, or a result lies on an image that the ground truth does not have.</exception>
    public static IReadOnlyList<DetectedObject> ReadResults(string path, DetectionTruth truth, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        var sizes = truth.Images.ToDictionary(image => image.Id, image => image.Size);
        var results = new List<DetectedObject>();
        using var json = new JsonItemReader(path);
        ForEach(json, "results", item => results.Add(Result(item, sizes)), cancellationToken);
        json.ExpectEnd();
        return results;
    }

    private static void ForEach(JsonItemReader json, string list, Action<CocoItem> take, CancellationToken cancellationToken)
    {
        foreach (var _ in json.Items(list, item => Taken(take, item), cancellationToken))
        {
        }
    }

    private static bool Taken(Action<CocoItem> take, CocoItem item)
    {
        take(item);
        return true;
    }

    private static void AddNew<T>(Dictionary<long, T> entries, T entry, Func<T, long> id, string list)
    {
        if (!entries.TryAdd(id(entry), entry))
        {
            throw new FormatException($"the id {id(entry)} stands in '{list}' twice");
        }
    }

    private static TruthImage Image(CocoItem item) => new(item.Id("id"), item.Size(), item.Has("file_name") ? item.Text("file_name") : string.Empty)
    {
        AbsentCategoryIds = item.Integers("neg_category_ids"),
        IncompleteCategoryIds = item.Integers("not_exhaustive_category_ids"),
    };

    internal static TruthCategory Category(CocoItem item) => new(item.Id("id"), item.Text("name"))
    {
        IsThing = !item.Has("isthing") || item.Flag("isthing"),
        Frequency = !item.Has("frequency") ? null : item.Text("frequency") switch
        {
            "r" => CategoryFrequency.Rare,
            "c" => CategoryFrequency.Common,
            "f" => CategoryFrequency.Frequent,
            var other => throw new FormatException($"'frequency' is '{other}', not r, c or f"),
        },
    };

    private static PendingObject Pending(CocoItem item, JsonItemReader json)
    {
        var shape = item.Shape();
        var known = new TruthObject(item.Id("image_id"), item.Id("category_id"))
        {
            Id = item.Has("id") ? item.Id("id") : 0,
            IsCrowd = item.Flag("iscrowd"),
            IsIgnored = item.Flag("ignore"),
        };
        known = item.Has("area") ? known with { Area = item.Number("area") } : known;
        known = item.Has("bbox") ? known with { Box = item.Box("bbox") } : known;
        return shape is null && !item.Has("bbox")
            ? throw new FormatException("there is neither 'segmentation' nor 'bbox'")
            : new PendingObject(known, shape, json.ItemLine, json.ItemColumn);
    }

    private static void CheckLists(JsonItemReader json, HashSet<string> seen)
    {
        foreach (var list in (string[])["images", "categories", "annotations"])
        {
            if (!seen.Contains(list))
            {
                throw json.Fault($"the list '{list}' is missing");
            }
        }
    }

    private static TruthObject[] Finish(
        string path,
        List<PendingObject> pending,
        Dictionary<long, TruthImage> images,
        Dictionary<long, TruthCategory> categories,
        CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>();
        var objects = new TruthObject[pending.Count];
        for (var i = 0; i < objects.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                objects[i] = Finish(pending[i], images, categories, ids);
            }
            catch (FormatException e)
            {
                throw new InvalidAnnotationException(path, pending[i].Line, $"column {pending[i].Column}: entry {i} of 'annotations': {e.Message}", e);
            }

            pending[i] = null!; // Lets its polygons go; nobody reads it again.
        }

        return objects;
    }

    private static TruthObject Finish(PendingObject item, Dictionary<long, TruthImage> images, Dictionary<long, TruthCategory> categories, HashSet<long> ids)
    {
        if (item.Known.Id != 0 && !ids.Add(item.Known.Id))
        {
            throw new FormatException($"the id {item.Known.Id} stands in 'annotations' twice");
        }

        if (!categories.ContainsKey(item.Known.CategoryId))
        {
            throw new FormatException($"'category_id' is {item.Known.CategoryId}, but there is no such category");
        }

        var size = images.TryGetValue(item.Known.ImageId, out var image) ? image.Size : throw new FormatException($"'image_id' is {item.Known.ImageId}, but there is no such image");
        return item.Shape is null ? item.Known : item.Known with { Mask = item.Shape.ToMask(size) };
    }

    private static DetectedObject Result(CocoItem item, Dictionary<long, ImageSize> sizes)
    {
        var result = new DetectedObject(item.Id("image_id"), item.Id("category_id"), item.Number("score"));
        var size = sizes.TryGetValue(result.ImageId, out var known) ? known : throw new FormatException($"'image_id' is {result.ImageId}, but the ground truth has no such image");
        var shape = item.Shape();
        result = shape is null ? result : result with { Mask = shape.ToMask(size) };
        return item.Has("bbox") ? result with { Box = item.Box("bbox") }
            : shape is null ? throw new FormatException("there is neither 'segmentation' nor 'bbox'")
            : result;
    }

    private sealed record PendingObject(TruthObject Known, CocoShape? Shape, long Line, long Column);
}
