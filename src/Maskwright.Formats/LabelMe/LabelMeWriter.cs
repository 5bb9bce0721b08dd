using System.Text;
using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.LabelMe;

/// <summary>Writes a folder of LabelMe's JSON files, one an image, and <c>labels.txt</c> with the categories.</summary>
/// <remarks>
/// labelme 5. Polygons without holes stay polygons, several parts of an object share a <c>group_id</c>; what has holes, and every mask, becomes a shape of the type
/// <c>mask</c>, the PNG of its bounds. Scores, ignore flags and attributes stand in X-AnyLabeling's fields <c>score</c>, <c>difficult</c> and
/// <c>attributes</c>, which LabelMe keeps. Pictures are not copied: put the files beside the images, whose data is not embedded.
/// </remarks>
public sealed class LabelMeWriter : IDatasetWriter
{
    private static readonly string[] s_reserved = ["version", "flags", "shapes", "imagePath", "imageData", "imageHeight", "imageWidth", "lineColor", "fillColor"];

    /// <inheritdoc/>
    public string FormatName => "labelme";

    /// <inheritdoc/>
    public string Description => "LabelMe: a folder of JSON files, one an image";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactVertices | DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap | DatasetFeatures.BoxShapes
        | DatasetFeatures.IgnoreFlags | DatasetFeatures.Scores | DatasetFeatures.Attributes | DatasetFeatures.TypedAttributes | DatasetFeatures.Categories
        | DatasetFeatures.UnusedCategories | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.ImageAttributes;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        var tally = new LossTally(Features);
        tally.Start(dataset);
        tally.AddRenumbered(dataset.Categories, (_, index) => index + 1);
        ResultFolder.Write(path, options.Overwrite, IsResult, folder => WriteAll(dataset, folder, options, tally, cancellationToken));
        return tally.ToReport();
    }

    private static bool IsResult(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || name == LabelMeReader.LabelsFile;

    private static void WriteAll(AnnotatedDataset dataset, string folder, DatasetWriteOptions options, LossTally tally, CancellationToken cancellationToken)
    {
        var names = dataset.Categories.Select(category => category.Name).Where(name => name != LabelMeReader.Ignored);
        File.WriteAllText(Path.Combine(folder, LabelMeReader.LabelsFile), string.Join('\n', [LabelMeReader.Ignored, LabelMeReader.Background, .. names]) + "\n", new UTF8Encoding(false));
        var naming = new FileNaming();
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stream = ResultFolder.Create(folder, naming.Next(image, ".json"));
            WriteImage(stream, image, options, tally);
            tally.Add(image);
        }
    }

    private static void WriteImage(Stream stream, AnnotatedImage image, DatasetWriteOptions options, LossTally tally)
    {
        var flags = image.Attributes.TakeWhile(attribute => attribute.Value is FlagValue).ToList();
        using var json = CocoJson.Writer(stream);
        json.WriteStartObject();
        json.WriteString("version", "5.5.0");
        json.WriteStartObject("flags");
        JsonAttributes.WriteFields(json, flags);
        json.WriteEndObject();
        json.WriteStartArray("shapes");
        new LabelMeShapeWriting(json, image, options, tally).WriteAll();
        json.WriteEndArray();
        json.WriteString("imagePath", image.FileName[(image.FileName.Replace('\\', '/').LastIndexOf('/') + 1)..]);
        json.WriteNull("imageData");
        json.WriteNumber("imageHeight", image.Size.Height);
        json.WriteNumber("imageWidth", image.Size.Width);
        var others = image.Attributes.Skip(flags.Count).Where(attribute => !s_reserved.Contains(attribute.Key)).ToList();
        tally.Add(LossKind.ImageAttributesDropped, image, count: image.Attributes.Count - flags.Count - others.Count);
        JsonAttributes.WriteFields(json, others);
        json.WriteEndObject();
    }
}
