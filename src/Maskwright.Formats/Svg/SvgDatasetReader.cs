using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.Svg;

/// <summary>Reads SVG drawings as data sets: a folder with one drawing an image, or one drawing.</summary>
/// <remarks>
/// SVG 1.1. The image is the drawing's width and height, or its view box. Paths, polygons, rectangles, circles and ellipses are objects; curves become chords, <c>transform</c> is
/// applied. What <see cref="SvgDatasetWriter"/> knows of images and objects stands as JSON in <c>metadata</c>; without that, an object's category is its <c>data-label</c>, its
/// <c>class</c>, or that of a group around it. Text, lines and pictures are passed over; drawings with a document type are refused. Style sheets are not looked at.
/// </remarks>
public sealed class SvgDatasetReader : IDatasetReader
{
    /// <inheritdoc/>
    public string FormatName => "svg";

    /// <inheritdoc/>
    public string Description => "SVG: a folder of drawings, one an image, or one drawing";

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        var file = Directory.Exists(path) ? FileBeginning.First(path, "*.svg") : path;
        return file is not null && FileBeginning.Has(file, "<svg", "http://www.w3.org/2000/svg");
    }

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var isFolder = Directory.Exists(path);
        var folder = isFolder ? path : Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".";
        List<string> files = isFolder ? ImageFiles.Below(path, name => name.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)) : [Path.GetFileName(path)];
        var gathering = new CategoryGathering();
        var silent = new DatasetReadOptions { KeepsGoing = true };
        foreach (var drawing in SoundItems.Read(files, file => new SvgDrawing(Path.Combine(folder, file), silent), options, cancellationToken))
        {
            drawing.Gather(gathering);
        }

        var categories = gathering.Finish();
        var byName = categories.ToDictionary(category => category.Name, StringComparer.Ordinal);
        var images = SoundItems.Read(files, file => new SvgDrawing(Path.Combine(folder, file), options).Read(FileNaming.WithoutExtension(file), byName), options, cancellationToken);
        return new AnnotatedDataset(categories, images) { ImageCount = files.Count, ImageFolder = options.ImageFolder ?? folder };
    }
}
