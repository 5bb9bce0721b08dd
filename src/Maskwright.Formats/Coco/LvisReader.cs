using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.Coco;

/// <summary>Reads LVIS: COCO's instances with frequencies of categories and lists of absent and incompletely annotated categories.</summary>
/// <remarks>LVIS 1.0 has no file names; they are taken from the ends of the images' addresses, folder and name.</remarks>
public sealed class LvisReader : IDatasetReader
{
    private readonly CocoInstancesReader _coco = new();

    /// <inheritdoc/>
    public string FormatName => "lvis";

    /// <inheritdoc/>
    public string Description => "LVIS, a JSON file";

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        var outline = JsonOutline.Of(path);
        return CocoInstancesReader.IsInstances(outline) && (outline.HasField("images", "neg_category_ids") || outline.HasField("categories", "frequency"));
    }

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default) =>
        _coco.Open(path, options, cancellationToken);
}
