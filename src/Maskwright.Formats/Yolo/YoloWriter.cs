using System.Globalization;
using System.Text;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;
using Maskwright.Masks;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Maskwright.Formats.Yolo;

/// <summary>Writes a YOLO segmentation data set: <c>labels</c> with a text file for each image, and <c>data.yaml</c>.</summary>
/// <remarks>
/// Ultralytics' layout; pictures are not copied: they belong into <c>images</c> where the label files are in <c>labels</c>, those of a split in its folder. A polygon without holes is a row of
/// corners. Masks, objects with holes or parts, and polygons that leave the image (which Ultralytics refuses) are rows of run lengths
/// (<c>class rle height width counts</c>), which older programs do not know: with <see cref="ShapeEncoding.Polygons"/> they become one outline each, parts and
/// holes tied to it by lines there and back, cut at the image's edges.
/// </remarks>
public sealed class YoloWriter : IDatasetWriter
{
    /// <inheritdoc/>
    public string FormatName => "yolo";

    /// <inheritdoc/>
    public string Description => "YOLO segmentation (Ultralytics): a folder with data.yaml and labels, one text file an image";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap | DatasetFeatures.Categories | DatasetFeatures.UnusedCategories
        | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.Splits;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    /// <summary>Whether scores are written as a last number of each row, as Ultralytics does with predictions; data sets for training must not have them.</summary>
    public bool WithScores { get; init; }

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        var tally = new LossTally(WithScores ? Features | DatasetFeatures.Scores : Features);
        tally.Start(dataset);
        tally.AddRenumbered(dataset.Categories, (_, index) => index + 1);
        ResultFolder.Write(path, options.Overwrite, IsResult, folder => WriteAll(dataset, folder, options, tally, cancellationToken));
        return tally.ToReport();
    }

    private static bool IsResult(string name) => name.StartsWith("labels/", StringComparison.Ordinal) || name is "data.yaml";

    private void WriteAll(AnnotatedDataset dataset, string folder, DatasetWriteOptions options, LossTally tally, CancellationToken cancellationToken)
    {
        var classes = dataset.Categories.Select((category, index) => (category.Id, index)).ToDictionary(entry => entry.Id, entry => entry.index);
        var splits = new List<string>();
        var naming = new FileNaming();
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var split = SplitOf(image, tally);
            if (split is not null && !splits.Contains(split))
            {
                splits.Add(split);
            }

            using var stream = ResultFolder.Create(folder, naming.Next(image, name => "labels/" + FileNaming.WithoutExtension(Placed(name, split)) + ".txt"));
            using var text = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
            WriteImage(text, image, classes, options, tally);
            tally.Add(image);
        }

        WriteConfig(Path.Combine(folder, "data.yaml"), dataset.Categories, splits);
    }

    private static string Placed(string name, string? split) => split is null || name.StartsWith(split + "/", StringComparison.Ordinal) ? name : $"{split}/{name}";

    private static string? SplitOf(AnnotatedImage image, LossTally tally)
    {
        if (image.Split is not { Length: > 0 } split)
        {
            return null;
        }

        if (split is "path" or "names" or "nc" or "." or ".." || split.AsSpan().IndexOfAny("/\\:\0") >= 0)
        {
            tally.Add(LossKind.SplitsDropped, image);
            return null;
        }

        return split;
    }

    private void WriteImage(StreamWriter text, AnnotatedImage image, Dictionary<long, int> classes, DatasetWriteOptions options, LossTally tally)
    {
        var shapes = new ShapeWriting(image, options, tally);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var item = image.Objects[i];
            var row = Row(shapes, i, options, tally);
            if (row is null)
            {
                tally.Drop(image, i);
                continue;
            }

            text.Write(string.Create(CultureInfo.InvariantCulture, $"{classes[item.Category.Id]} {row}"));
            text.WriteLine(WithScores && item.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $" {score:R}") : string.Empty);
        }
    }

    private static string? Row(ShapeWriting shapes, int index, DatasetWriteOptions options, LossTally tally) =>
        options.Shapes == ShapeEncoding.Polygons || (options.Shapes == ShapeEncoding.AsGiven && IsSaidExactly(shapes.Image, index))
            ? Corners(shapes, index, tally)
            : RunLengths(shapes.Mask(index));

    private static string? RunLengths(RunLengthMask mask) => mask.Area == 0 ? null : $"{YoloRow.RunLengths} {mask.Size.Height} {mask.Size.Width} {mask.ToCocoString()}";

    private static bool IsSaidExactly(AnnotatedImage image, int index)
    {
        if (image.Objects[index].Shape is not (BoxShape or PolygonShape { Parts: [{ Holes.Count: 0 }] }))
        {
            return false;
        }

        var ring = image.Objects[index].Shape.ToPolygons(image.Size).Parts[0].Outer;
        return ImageClipping.IsInside(ring, image.Size)
            && (!IsRounded(ring, image.Size) || PolygonRasteriser.Fill(image.Size, Reread(ring, image.Size)).Equals(image.Objects[index].Shape.ToMask(image.Size)));
    }

    private static string? Corners(ShapeWriting shapes, int index, LossTally tally)
    {
        var ring = shapes.Outline(index);
        var (image, size) = (shapes.Image, shapes.Image.Size);
        var isInside = ImageClipping.IsInside(ring, size);
        var clipped = isInside ? ring : ImageClipping.Clip(ring, size);
        if (clipped.Count < 3)
        {
            return null;
        }

        if (!isInside || IsRounded(clipped, size))
        {
            tally.Add(LossKind.CoordinatesRounded, image, index, isInside && !Rounding.IsSeen(PolygonPart.ToNumbers(clipped), Reread(clipped, size)) ? 0 : 1);
            tally.Compare(image, index, PolygonRasteriser.Fill(size, Reread(clipped, size)));
        }

        return string.Join(' ', clipped.Select(corner => string.Create(CultureInfo.InvariantCulture, $"{corner.X / size.Width:R} {corner.Y / size.Height:R}")));
    }

    private static bool IsRounded(IReadOnlyList<PixelPoint> ring, ImageSize size) => !PolygonPart.ToNumbers(ring).AsSpan().SequenceEqual(Reread(ring, size));

    private static double[] Reread(IReadOnlyList<PixelPoint> ring, ImageSize size) =>
        [.. ring.SelectMany(corner => (double[])[Rounding.Cleaned(corner.X / size.Width * size.Width), Rounding.Cleaned(corner.Y / size.Height * size.Height)])];

    // Ultralytics asks for both train and val.
    private static void WriteConfig(string path, IReadOnlyList<DatasetCategory> categories, List<string> splits)
    {
        using var text = new StreamWriter(path, false, new UTF8Encoding(false)) { NewLine = "\n" };
        var yaml = new Emitter(text);
        yaml.Emit(new StreamStart());
        yaml.Emit(new DocumentStart());
        yaml.Emit(new MappingStart());
        foreach (var split in splits)
        {
            Emit(yaml, split, $"images/{split}");
        }

        foreach (var needed in ((string[])["train", "val"]).Except(splits))
        {
            Emit(yaml, needed, splits.Count == 0 ? "images" : $"images/{splits.Find(split => split is "train" or "val") ?? splits[0]}");
        }

        yaml.Emit(new Scalar("names"));
        yaml.Emit(new MappingStart());
        for (var i = 0; i < categories.Count; i++)
        {
            Emit(yaml, i.ToString(CultureInfo.InvariantCulture), categories[i].Name);
        }

        yaml.Emit(new MappingEnd());
        yaml.Emit(new MappingEnd());
        yaml.Emit(new DocumentEnd(isImplicit: true));
        yaml.Emit(new StreamEnd());
    }

    // Quoted where a bare word would be read as a number, true, false or null.
    private static void Emit(Emitter yaml, string name, string value)
    {
        yaml.Emit(new Scalar(name));
        var isWord = value.Length > 0 && value.All(c => char.IsAsciiLetter(c) || c is ' ' or '/' or '_' or '-') && char.IsAsciiLetter(value[0]) && char.IsAsciiLetter(value[^1])
            && value.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n");
        yaml.Emit(isWord ? new Scalar(value) : new Scalar(AnchorName.Empty, TagName.Empty, value, ScalarStyle.DoubleQuoted, isPlainImplicit: false, isQuotedImplicit: true));
    }
}
