using System.Globalization;
using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;
using Maskwright.Geometry;

namespace Maskwright.Formats.LabelStudio;

/// <summary>One task of a Label Studio export.</summary>
internal sealed class LabelStudioTask(LocatedJson task, string path, DatasetReadOptions options)
{
    private static readonly string[] s_imageKeys = ["image", "img", "photo", "picture", "image_url"];
    private static readonly string[] s_ownKeys = ["width", "height", "split"];

    /// <summary>The results to read: those of the first annotation that was not cancelled, else those of the first prediction.</summary>
    /// <param name="source">The annotation or prediction.</param>
    /// <param name="tellsRest">Whether the other annotations and predictions are told as left out.</param>
    public List<LocatedJson> Results(out LocatedJson? source, bool tellsRest = false)
    {
        List<LocatedJson> sources =
        [
            .. List("annotations").Concat(List("completions")).Where(annotation => annotation.Optional("was_cancelled")?.Flag() != true),
            .. List("predictions"),
        ];
        source = sources.Count > 0 ? sources[0] : null;
        foreach (var other in tellsRest ? sources.Skip(1) : [])
        {
            options.PassOver(path, other.Fault(string.Empty).Line, $"{other.Name} is a further version of the same objects");
        }

        return source is { } first && first.Has("result") ? [.. first.Field("result").Items()] : [];
    }

    /// <summary>Every label in use, in order.</summary>
    public IEnumerable<string> Labels() => Results(out _).SelectMany(result => result.Has("type") ? LabelStudioRegion.Labels(result) : []);

    /// <summary>Reads the task.</summary>
    public AnnotatedImage Read(Dictionary<string, DatasetCategory> categories)
    {
        var results = Results(out var source, tellsRest: true);
        var data = task.Field("data");
        var (key, name) = Image(data);
        var size = Size(results, data, name);
        var score = source?.Optional("score")?.Number();
        var remarks = results.Where(result => result.Has("id") && !LabelStudioRegion.IsShape(result)).ToLookup(result => result.Field("id").Text(), StringComparer.Ordinal);
        var objects = SoundItems.Read(results, result => Object(result, size, remarks, categories, score), options);
        return new AnnotatedImage(name, size, [.. objects])
        {
            Id = task.Optional("id")?.Integer(),
            Split = data.Optional("split") is { Kind: JsonValueKind.String } split ? split.Text() : null,
            Attributes = data.Attributes([.. data.Fields().Where(field => field.Name != key && !s_ownKeys.Contains(field.Name)).Select(field => KeyValuePair.Create(field.Name, field.Value.Attribute()))]),
        };
    }

    private IEnumerable<LocatedJson> List(string name) => task.Optional(name)?.Items() ?? [];

    private static (string Key, string Name) Image(LocatedJson data)
    {
        var key = Array.Find(s_imageKeys, data.Has) ?? data.Fields().Where(field => field.Value.Kind == JsonValueKind.String && ImageFiles.IsImage(field.Value.Text().Split('?')[0])).Select(field => field.Name).FirstOrDefault()
            ?? throw data.Fault("'data' names no image");
        return (key, NameOf(data.Field(key).Text()));
    }

    // Of an address only the last part can be found in a folder; local files are named after "?d=".
    private static string NameOf(string address)
    {
        var local = address.IndexOf("/local-files/?d=", StringComparison.Ordinal);
        if (local >= 0)
        {
            return Uri.UnescapeDataString(address[(local + 16)..]).TrimStart('/');
        }

        return address.Contains("://", StringComparison.Ordinal) || address.StartsWith('/') ? Uri.UnescapeDataString(address[(address.LastIndexOf('/') + 1)..].Split('?')[0]) : address;
    }

    private ImageSize Size(List<LocatedJson> results, LocatedJson data, string name)
    {
        foreach (var result in results.Where(result => result.Has("original_width")))
        {
            return LabelStudioRegion.Size(result);
        }

        if (data.Has("width") && data.Has("height"))
        {
            return data.Size("width", "height");
        }

        var image = options.ImageFolder is { } folder ? Path.Combine(folder, name) : null;
        return File.Exists(image) ? ImageFiles.SizeOf(image) : throw data.Fault("nothing says how large the image is, and there is no folder of images where it is found");
    }

    private AnnotatedObject? Object(LocatedJson result, ImageSize size, ILookup<string, LocatedJson> remarks, Dictionary<string, DatasetCategory> categories, double? score)
    {
        if (!LabelStudioRegion.IsShape(result))
        {
            if (!result.Has("id") || !result.Has("value") || result.Field("type").Text() == "keypointlabels")
            {
                options.PassOver(path, result.Fault(string.Empty).Line, $"{result.Name} ({result.Field("type").Text()}) has no area");
            }

            return null;
        }

        if (LabelStudioRegion.Size(result) is var own && own != size)
        {
            throw result.Fault($"{result.Name} is for an image of {own}, others of the same task for {size}");
        }

        var said = remarks[result.Optional("id")?.Text() ?? string.Empty].ToList();
        return new AnnotatedObject(Category(result, said, categories), LabelStudioRegion.Shape(result, size))
        {
            Id = result.Optional("id") is { } id && long.TryParse(id.Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            Score = result.Optional("score")?.Number() ?? score,
            Attributes = Attributes(result, said),
        };
    }

    private static DatasetCategory Category(LocatedJson result, List<LocatedJson> said, Dictionary<string, DatasetCategory> categories)
    {
        var labels = LabelStudioRegion.Labels(result).Concat(said.SelectMany(LabelStudioRegion.Labels)).Distinct(StringComparer.Ordinal).ToList();
        return labels switch
        {
            [] => categories[DatasetCategory.Unlabelled.Name],
            [var label] => categories[label],
            _ => throw result.Fault($"{result.Name} has several labels: {string.Join(", ", labels)}"),
        };
    }

    private static DatasetAttributes Attributes(LocatedJson result, List<LocatedJson> said)
    {
        var entries = new List<KeyValuePair<string, AttributeValue>>();
        foreach (var (name, value) in result.Optional("meta")?.Fields() ?? [])
        {
            entries.Add(new(name, value.Attribute()));
        }

        entries.AddRange(said.Where(remark => LabelStudioRegion.LabelsKey(remark) is null && remark.Has("value")).Select(LabelStudioRegion.Remark).OfType<KeyValuePair<string, AttributeValue>>());
        return result.Attributes(entries);
    }
}
