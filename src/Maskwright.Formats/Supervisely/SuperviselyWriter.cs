using System.Globalization;
using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Shapes;
using Maskwright.Images;

namespace Maskwright.Formats.Supervisely;

/// <summary>Writes a Supervisely image project: <c>meta.json</c> and the data set <c>ds0</c> with its annotations in <c>ann</c>; images in folders make data sets of their own.</summary>
/// <remarks>
/// Polygons of one part, with their holes, and boxes stay what they are, at coordinates with fractions, which Supervisely's SDK rounds when it reads them;
/// everything else becomes a bitmap. Attributes become tags, scores the tag <c>confidence</c>, splits tags of images. Pictures are not copied; they belong into <c>img</c> beside
/// <c>ann</c>.
/// </remarks>
public sealed class SuperviselyWriter : IDatasetWriter
{
    private const string DefaultSet = "ds0";

    /// <inheritdoc/>
    public string FormatName => "supervisely";

    /// <inheritdoc/>
    public string Description => "Supervisely: the folder of an image project, without the images";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap | DatasetFeatures.BoxShapes | DatasetFeatures.Scores | DatasetFeatures.ObjectIds
        | DatasetFeatures.Groups | DatasetFeatures.Attributes | DatasetFeatures.Categories | DatasetFeatures.CategoryIds | DatasetFeatures.Colours | DatasetFeatures.UnusedCategories
        | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.ImageAttributes | DatasetFeatures.Splits;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        var tally = new LossTally(Features);
        tally.Start(dataset);
        ResultFolder.Write(path, options.Overwrite, IsResult, folder => WriteAll(dataset, folder, options, tally, cancellationToken));
        return tally.ToReport();
    }

    private static bool IsResult(string name) => name == SuperviselyReader.MetaFile || name.Contains("/ann/", StringComparison.Ordinal);

    private static void WriteAll(AnnotatedDataset dataset, string folder, DatasetWriteOptions options, LossTally tally, CancellationToken cancellationToken)
    {
        var tags = new SuperviselyTags();
        var naming = new FileNaming();
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tally.Add(LossKind.FileNamesDropped, image, count: image.FileName.Contains('/', StringComparison.Ordinal) ? 1 : 0);
            using var stream = ResultFolder.Create(folder, naming.Next(image, Placed));
            WriteImage(stream, image, tags, options, tally);
            tally.Add(image);
        }

        using var meta = ResultFolder.Create(folder, SuperviselyReader.MetaFile);
        WriteMeta(meta, dataset.Categories, tags);
    }

    private static string Placed(string name)
    {
        var slash = name.LastIndexOf('/');
        return slash < 0 ? $"{DefaultSet}/ann/{name}.json" : $"{name[..slash].Replace('/', '-')}/ann/{name[(slash + 1)..]}.json";
    }

    private static void WriteMeta(Stream stream, IReadOnlyList<DatasetCategory> categories, SuperviselyTags tags)
    {
        using var json = CocoJson.Writer(stream);
        json.WriteStartObject();
        json.WriteStartArray("classes");
        for (var i = 0; i < categories.Count; i++)
        {
            var shade = Labels.VocPalette.Colours.Slice(3 * ((i % 255) + 1), 3);
            json.WriteStartObject();
            json.WriteString("title", categories[i].Name);
            json.WriteString("shape", "any");
            json.WriteString("color", (categories[i].Colour ?? new RgbColour(shade[0], shade[1], shade[2])).ToString().ToUpperInvariant());
            json.WriteStartObject("geometry_config");
            json.WriteEndObject();
            json.WriteNumber("id", categories[i].Id);
            json.WriteString("hotkey", string.Empty);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        tags.WriteMeta(json);
        json.WriteString("projectType", "images");
        json.WriteEndObject();
    }

    private static void WriteImage(Stream stream, AnnotatedImage image, SuperviselyTags tags, DatasetWriteOptions options, LossTally tally)
    {
        using var json = CocoJson.Writer(stream);
        json.WriteStartObject();
        json.WriteString("description", string.Empty);
        tags.Write(json, image.Split is null ? image.Attributes : image.Attributes.Without("split").Append(Split(image.Split)));
        json.WriteStartObject("size");
        json.WriteNumber("height", image.Size.Height);
        json.WriteNumber("width", image.Size.Width);
        json.WriteEndObject();
        json.WriteStartArray("objects");
        var shapes = new ShapeWriting(image, options, tally);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            WriteObject(json, shapes, i, tags, options, tally);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static KeyValuePair<string, AttributeValue> Split(string split) => split is "train" or "val" or "test" ? new(split, true) : new("split", split);

    private static void WriteObject(Utf8JsonWriter json, ShapeWriting shapes, int index, SuperviselyTags tags, DatasetWriteOptions options, LossTally tally)
    {
        var (image, item) = (shapes.Image, shapes.Image.Objects[index]);
        var figure = Figure(shapes, index, options, tally);
        if (figure is null)
        {
            tally.Drop(image, index);
            return;
        }

        json.WriteStartObject();
        if (item.Id is { } id)
        {
            json.WriteNumber("id", id);
        }

        json.WriteNumber("classId", item.Category.Id);
        json.WriteString("classTitle", item.Category.Name);
        json.WriteString("description", string.Empty);
        var attributes = item.Attributes.Where(attribute => item.Score is null || attribute.Key != SuperviselyTags.Confidence);
        tags.Write(json, item.Score is { } score ? attributes.Append(new(SuperviselyTags.Confidence, score)) : attributes);
        if (item.GroupId is { } group)
        {
            json.WriteString("instance", group.ToString(CultureInfo.InvariantCulture));
        }

        figure(json);
        json.WriteEndObject();
    }

    // Null for an empty object.
    private static Action<Utf8JsonWriter>? Figure(ShapeWriting shapes, int index, DatasetWriteOptions options, LossTally tally)
    {
        var shape = shapes.Image.Objects[index].Shape;
        if (options.Shapes == ShapeEncoding.AsGiven && shape is BoxShape box)
        {
            return json => SuperviselyFigure.WriteRectangle(json, box.Box);
        }

        if (options.Shapes == ShapeEncoding.AsGiven && shape is PolygonShape { Parts: [var only] } && Reread(only) is var back && back.ToMask(shapes.Image.Size).Equals(shape.ToMask(shapes.Image.Size)))
        {
            return json => SuperviselyFigure.WritePolygon(json, only);
        }

        if (options.Shapes == ShapeEncoding.Polygons)
        {
            var polygons = shapes.Polygons(index);
            var part = polygons.Parts is [var one] ? one : new PolygonPart(shapes.Outline(index));
            return part.Outer.Count < 3 ? null : json => SuperviselyFigure.WritePolygon(json, part);
        }

        var mask = shapes.Mask(index);
        return mask.Area == 0 ? null : json => SuperviselyFigure.WriteBitmap(json, mask);
    }

    private static PolygonShape Reread(PolygonPart part) =>
        new([new PolygonPart([.. part.Outer.Select(Reread)]) { Holes = [.. part.Holes.Select(hole => hole.Select(Reread).ToArray())] }]);

    private static Geometry.PixelPoint Reread(Geometry.PixelPoint corner) => new(corner.X - 0.5 + 0.5, corner.Y - 0.5 + 0.5);
}
