using System.Globalization;
using Maskwright.Datasets;
using Maskwright.Masks;

namespace Maskwright.Formats.Datasets;

/// <summary>Counts what a format cannot hold while a data set is written.</summary>
/// <remarks>
/// A writer calls <see cref="Start"/> once and <see cref="Add(AnnotatedImage)"/> for every image it has written: both count by themselves whatever
/// the declared features rule out, but for shapes. What happens to shapes only the writer knows: it calls <see cref="Add(LossKind, AnnotatedImage, int, long)"/>
/// and <see cref="Compare"/>.
/// </remarks>
public sealed class LossTally
{
    private readonly DatasetFeatures _held;
    private readonly SortedDictionary<LossKind, LossEntry> _entries = [];
    private readonly HashSet<long> _usedCategories = [];
    private IReadOnlyList<DatasetCategory> _categories = [];
    private double? _worstIou;
    private string? _worstObject;
    private long _images;
    private long _objects;

    /// <summary>Starts counting.</summary>
    /// <param name="held">What the target format holds.</param>
    public LossTally(DatasetFeatures held) => _held = held;

    /// <summary>Counts what is lost of the data set as a whole.</summary>
    /// <param name="dataset">The data set.</param>
    public void Start(AnnotatedDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _categories = dataset.Categories;
        AddUnless(DatasetFeatures.Info, LossKind.InfoDropped, dataset.Info.Count, null);
        if (!Holds(DatasetFeatures.Categories))
        {
            Add(LossKind.CategoryNamesDropped, Holds(DatasetFeatures.CategoryIds) ? dataset.Categories.Count(c => c.Name != c.Id.ToString(CultureInfo.InvariantCulture)) : 0, null);
            return;
        }

        foreach (var category in dataset.Categories)
        {
            AddUnless(DatasetFeatures.Supercategories, LossKind.CategoryDetailsDropped, category.Supercategory is null ? 0 : 1, category.Name);
            AddUnless(DatasetFeatures.Stuff, LossKind.CategoryDetailsDropped, category.IsThing ? 0 : 1, category.Name);
            AddUnless(DatasetFeatures.Colours, LossKind.CategoryDetailsDropped, category.Colour is null ? 0 : 1, category.Name);
            AddUnless(DatasetFeatures.Frequencies, LossKind.CategoryDetailsDropped, category.Frequency is null ? 0 : 1, category.Name);
            AddUnless(DatasetFeatures.CategoryAttributes, LossKind.CategoryDetailsDropped, category.Attributes.Count, category.Name);
        }
    }

    /// <summary>Counts an image and its objects as written, and what is lost of them but for shapes.</summary>
    /// <param name="image">The image as it was read.</param>
    public void Add(AnnotatedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        _images++;
        var place = PlaceOf(image);
        AddUnless(DatasetFeatures.ImageIds, LossKind.ImageIdsDropped, image.Id is null ? 0 : 1, place);
        AddUnless(DatasetFeatures.FileNames, LossKind.FileNamesDropped, image.FileName.Length == 0 ? 0 : 1, place);
        AddUnless(DatasetFeatures.ImageAttributes, LossKind.ImageAttributesDropped, image.Attributes.Count, place);
        AddUnless(DatasetFeatures.Splits, LossKind.SplitsDropped, image.Split is null ? 0 : 1, place);
        AddUnless(DatasetFeatures.Frequencies, LossKind.ImageCategoryListsDropped, image.AbsentCategoryIds is null && image.IncompleteCategoryIds is null ? 0 : 1, place);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            _objects++;
            Add(image.Objects[i], PlaceOf(image, i));
        }
    }

    /// <summary>Counts a loss that only the writer can know of.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="image">The image where it happens.</param>
    /// <param name="index">The object's position in the image; -1 for the image itself.</param>
    /// <param name="count">How often; 0 counts nothing.</param>
    public void Add(LossKind kind, AnnotatedImage image, int index = -1, long count = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (count > 0)
        {
            Add(kind, count, index < 0 ? PlaceOf(image) : PlaceOf(image, index));
        }
    }

    /// <summary>Counts a loss that only the writer can know of.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="count">How often; 0 counts nothing.</param>
    /// <param name="example">Where, for people; null when it concerns the whole data set.</param>
    public void Add(LossKind kind, long count, string? example)
    {
        if (count > 0)
        {
            _entries[kind] = _entries.TryGetValue(kind, out var entry) ? entry with { Count = entry.Count + count } : new LossEntry(kind, count, example);
        }
    }

    /// <summary>Takes objects back that were counted by <see cref="Add(AnnotatedImage)"/> but not written, and counts them as left out.</summary>
    /// <param name="image">The image.</param>
    /// <param name="index">The object's position in the image.</param>
    public void Drop(AnnotatedImage image, int index)
    {
        _objects--;
        Add(LossKind.ObjectsDropped, image, index);
    }

    /// <summary>Takes an image back that was counted by <see cref="Add(AnnotatedImage)"/> but not written, and counts it as left out.</summary>
    /// <param name="image">The image, without objects.</param>
    public void Drop(AnnotatedImage image)
    {
        _images--;
        Add(LossKind.ImagesDropped, image);
    }

    /// <summary>Measures what became of an object whose shape the writer changed.</summary>
    /// <param name="image">The image.</param>
    /// <param name="index">The object's position in the image.</param>
    /// <param name="written">The mask that a reader of the target will get.</param>
    public void Compare(AnnotatedImage image, int index, RunLengthMask written)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(written);
        var source = image.Objects[index].Shape.ToMask(image.Size);
        var iou = source.Area == 0 && written.Area == 0 ? 1 : source.Iou(written);
        if (iou < (_worstIou ?? double.PositiveInfinity))
        {
            (_worstIou, _worstObject) = (iou, PlaceOf(image, index));
        }
    }

    /// <summary>The result.</summary>
    public LossReport ToReport()
    {
        var unused = _categories.Where(category => !_usedCategories.Contains(category.Id)).ToList();
        if (unused.Count > 0 && !Holds(DatasetFeatures.UnusedCategories) && (_held & (DatasetFeatures.Categories | DatasetFeatures.CategoryIds)) != 0)
        {
            _entries[LossKind.UnusedCategoriesDropped] = new LossEntry(LossKind.UnusedCategoriesDropped, unused.Count, unused[0].Name);
        }

        return new LossReport(_images, _objects, [.. _entries.Values]) { WorstIou = _worstIou, WorstObject = _worstObject };
    }

    private void Add(AnnotatedObject item, string place)
    {
        _usedCategories.Add(item.Category.Id);
        AddUnless(DatasetFeatures.Boxes, LossKind.BoxesDropped, item.Box is null ? 0 : 1, place);
        AddUnless(DatasetFeatures.Areas, LossKind.AreasDropped, item.Area is null ? 0 : 1, place);
        AddUnless(DatasetFeatures.Crowds, LossKind.CrowdFlagsDropped, item.IsCrowd ? 1 : 0, place);
        AddUnless(DatasetFeatures.IgnoreFlags, LossKind.IgnoreFlagsDropped, item.IsIgnored ? 1 : 0, place);
        AddUnless(DatasetFeatures.Scores, LossKind.ScoresDropped, item.Score is null ? 0 : 1, place);
        AddUnless(DatasetFeatures.ObjectIds, LossKind.ObjectIdsDropped, item.Id is null ? 0 : 1, place);
        AddUnless(DatasetFeatures.Groups, LossKind.GroupsDropped, item.GroupId is null ? 0 : 1, place);
        AddUnless(DatasetFeatures.Tracks, LossKind.TracksDropped, item.TrackId is null ? 0 : 1, place);
        AddUnless(DatasetFeatures.Categories, LossKind.CategoriesDropped, Holds(DatasetFeatures.CategoryIds) || item.Category == DatasetCategory.Unlabelled ? 0 : 1, place);
        if (!Holds(DatasetFeatures.Attributes))
        {
            AddUnless(DatasetFeatures.Attributes, LossKind.AttributesDropped, item.Attributes.Count, place);
        }
        else
        {
            AddUnless(DatasetFeatures.TypedAttributes, LossKind.AttributesFlattened, item.Attributes.Count(a => a.Value is not TextValue), place);
        }
    }

    private bool Holds(DatasetFeatures feature) => (_held & feature) == feature;

    private void AddUnless(DatasetFeatures feature, LossKind kind, long count, string? place)
    {
        if (!Holds(feature))
        {
            Add(kind, count, place);
        }
    }

    private static string PlaceOf(AnnotatedImage image) => image.FileName.Length > 0 ? image.FileName : $"image {image.Id}";

    private static string PlaceOf(AnnotatedImage image, int index) =>
        $"{PlaceOf(image)}, {(image.Objects[index].Id is { } id ? $"object {id}" : $"object at position {index}")} ({image.Objects[index].Category.Name})";
}
