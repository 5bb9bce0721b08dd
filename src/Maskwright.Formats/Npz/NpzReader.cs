using System.Globalization;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;
using Maskwright.Formats.Labels;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Npz;

/// <summary>Reads NumPy's <c>.npz</c> files with the masks of one image each: a folder of them, or one file.</summary>
/// <remarks>
/// Arrays: <c>masks</c> [N, H, W], booleans or bytes, what is not 0 is inside; or instead <c>labels</c> [H, W], whole numbers, 0 background and every other number
/// one object, by rising number. Beside them, all optional, one entry for each object: <c>class_names</c> (texts), <c>class_ids</c> (whole numbers), <c>scores</c> (NaN for none). <c>metadata</c>, bytes of
/// JSON in UTF-8, holds what else <see cref="NpzWriter"/> knows and counts more than the other arrays but the masks. Arrays of Python objects are never read.
/// </remarks>
public sealed class NpzReader : IDatasetReader
{
    internal const string Masks = "masks";
    internal const string Labels = "labels";
    internal const string Names = "class_names";
    internal const string Ids = "class_ids";
    internal const string Scores = "scores";
    internal const string Metadata = "metadata";

    /// <inheritdoc/>
    public string FormatName => "npz";

    /// <inheritdoc/>
    public string Description => "NumPy: a folder of .npz files with masks, one an image, or one such file";

    /// <inheritdoc/>
    public bool Recognises(string path) => Directory.Exists(path) ? FileBeginning.First(path, "*.npz") is not null : path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var isFolder = Directory.Exists(path);
        var folder = isFolder ? path : Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".";
        List<string> files = isFolder ? ImageFiles.Below(path, name => name.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)) : [Path.GetFileName(path)];
        var gathering = new CategoryGathering();
        foreach (var _ in SoundItems.Read(files, file => Gathered(Path.Combine(folder, file), gathering), options, cancellationToken))
        {
        }

        var categories = gathering.Finish();
        var byName = categories.ToDictionary(category => category.Name, StringComparer.Ordinal);
        var images = SoundItems.Read(files, file => ReadImage(folder, file, byName, options), options, cancellationToken);
        return new AnnotatedDataset(categories, images) { ImageCount = files.Count, ImageFolder = options.ImageFolder };
    }

    private static CategoryGathering Gathered(string path, CategoryGathering categories)
    {
        using var npz = new NpzFile(path);
        using var card = Card(npz);
        if (card is not null)
        {
            ImageCard.Categories(card.Root).ForEach(categories.Add);
            foreach (var item in card.Root.Optional("objects")?.Items() ?? [])
            {
                categories.Add(ObjectCard.CategoryOf(item), ObjectCard.CategoryIdOf(item));
            }

            return categories;
        }

        var ids = npz.Array(Ids)?.ToArray<long>();
        var names = npz.Texts(Names) ?? ids?.Select(Name).ToList() ?? [DatasetCategory.Unlabelled.Name];
        for (var i = 0; i < names.Count; i++)
        {
            categories.Add(names[i], i < ids?.Length ? ids[i] : null);
        }

        return categories;
    }

    private static string Name(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static JsonFile? Card(NpzFile npz) => npz.Array(NpzReader.Metadata) is { } bytes ? JsonFile.Text(npz.Place(NpzReader.Metadata), System.Text.Encoding.UTF8.GetString(bytes.Bytes.Span), 1) : null;

    private static AnnotatedImage ReadImage(string folder, string file, Dictionary<string, DatasetCategory> categories, DatasetReadOptions options)
    {
        using var npz = new NpzFile(Path.Combine(folder, file));
        using var json = Card(npz);
        var (size, masks) = npz.Stack(Masks) ?? Split(npz);
        var cards = json?.Root.Optional("objects")?.Items().ToList();
        if (cards is not null && cards.Count != masks.Count)
        {
            throw new InvalidAnnotationException(npz.Place(Metadata), null, $"tells of {cards.Count} objects, but there are {masks.Count} masks");
        }

        var card = json is null ? ImageCard.Empty : ImageCard.Read(json.Root);
        var objects = cards is not null ? cards.Zip(masks).Select(entry => Carded(entry.First, entry.Second, categories)) : Plain(npz, masks, categories);
        var stem = FileNaming.WithoutExtension(file);
        return new AnnotatedImage(card.FileName ?? ImageFiles.Find([options.ImageFolder, folder], stem)?.Name ?? stem, size, [.. objects]) { Id = card.Id, Split = card.Split, Attributes = card.Attributes };
    }

    private static AnnotatedObject Carded(LocatedJson card, RunLengthMask mask, Dictionary<string, DatasetCategory> categories) =>
        ObjectCard.Read(card, categories[ObjectCard.CategoryOf(card)], ObjectCard.IsBox(card) && ObjectCard.BoxOf(card) is { } box ? new BoxShape(box) : new MaskShape(mask));

    private static IEnumerable<AnnotatedObject> Plain(NpzFile npz, List<RunLengthMask> masks, Dictionary<string, DatasetCategory> categories)
    {
        var ids = npz.Numbers(Ids, masks.Count);
        var names = npz.Texts(Names) ?? ids?.Select(id => Name((long)id)).ToList();
        var scores = npz.Numbers(Scores, masks.Count);
        if (names is not null && names.Count != masks.Count)
        {
            throw new InvalidAnnotationException(npz.Place(Names), null, $"has {names.Count} names, but there are {masks.Count} masks");
        }

        return masks.Select((mask, i) => new AnnotatedObject(categories[names?[i] ?? DatasetCategory.Unlabelled.Name], new MaskShape(mask)) { Score = scores is null || double.IsNaN(scores[i]) ? null : scores[i] });
    }

    private static (ImageSize Size, List<RunLengthMask> Masks) Split(NpzFile npz)
    {
        if (npz.Array(Labels) is not { Shape: [> 0 and var height, > 0 and var width] } labels)
        {
            throw new InvalidAnnotationException(npz.Place(Masks), null, $"is missing, and there is no '{Labels}' of the shape [height, width] either");
        }

        try
        {
            var map = new LabelMap(new ImageSize(width, height), labels.ToArray<int>());
            return (map.Size, [.. LabelledObjects.Of(map, hasVoid: false).Select(entry => entry.Value)]);
        }
        catch (OverflowException e)
        {
            throw new InvalidAnnotationException(npz.Place(Labels), null, "has a number that is no label", e);
        }
    }
}
