using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;

namespace Maskwright.Formats.Cityscapes;

/// <summary>Reads data sets in the layout of Cityscapes: <c>gtFine/SPLIT/CITY/NAME_gtFine_instanceIds.png</c>, <c>_labelIds.png</c> and <c>_polygons.json</c>.</summary>
/// <remarks>
/// cityscapesScripts. Of each image <c>instanceIds</c> counts: a label of 1000 and more is object <c>label % 1000</c> of class <c>label / 1000</c>, a smaller one all of a class, which is a
/// crowd where the class has instances. Without it <c>polygons</c> counts, whose objects lie over one another (<c>cargroup</c> is a crowd of cars, deleted ones are left out), and
/// without that <c>labelIds</c>, a class each. 0, unlabelled, is nothing. The classes are Cityscapes' own, or those of <c>labels.csv</c> in the folder.
/// </remarks>
public sealed class CityscapesReader : IDatasetReader
{
    internal const string InstanceIds = "_instanceIds.png";
    internal const string LabelIds = "_labelIds.png";
    internal const string Polygons = "_polygons.json";
    internal const string ImageEnding = "_leftImg8bit";

    private static readonly string[] s_endings = [InstanceIds, Polygons, LabelIds];
    private static readonly string[] s_kinds = ["gtFine", "gtCoarse"];

    /// <inheritdoc/>
    public string FormatName => "cityscapes";

    /// <inheritdoc/>
    public string Description => "Cityscapes: the folder that holds gtFine or gtCoarse";

    /// <inheritdoc/>
    public bool Recognises(string path) => Array.Exists(s_kinds, kind => Directory.Exists(Path.Combine(path, kind)));

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var kind = Array.Find(s_kinds, kind => Directory.Exists(Path.Combine(path, kind)));
        var root = kind is null ? path : Path.Combine(path, kind);
        var table = CityscapesTable.Read(path);
        List<DatasetCategory> categories = [.. table.Where(row => row.Id != 0).Select(Category)];
        var keys = ImageFiles.Below(root, name => Array.Exists(s_endings, ending => name.EndsWith(ending, StringComparison.Ordinal)))
            .Select(name => name[..name.LastIndexOf('_')]).Distinct(StringComparer.Ordinal).ToList();
        return new AnnotatedDataset(categories, SoundItems.Read(keys, key => new CityscapesImage(root, key, table, categories, options).Read(), options, cancellationToken))
        {
            ImageCount = keys.Count,
            ImageFolder = options.ImageFolder ?? (kind is null ? null : Path.Combine(path, "leftImg8bit")),
        };
    }

    private static DatasetCategory Category(CityscapesClass row) => new(row.Id, row.Name)
    {
        IsThing = row.HasInstances,
        Supercategory = row.Group,
        Colour = row.Colour,
        Attributes = DatasetAttributes.Empty.With("train_id", (long)row.TrainId).With("ignore_in_eval", row.IsIgnored),
    };
}
