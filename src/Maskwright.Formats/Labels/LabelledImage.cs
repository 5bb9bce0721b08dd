using Maskwright.Formats.Images;
using Maskwright.Metrics;
using Maskwright.PostProcessing;

namespace Maskwright.Formats.Labels;

/// <summary>An image with label images that say where its objects are.</summary>
/// <param name="Set">The set that it belongs to.</param>
/// <param name="Kind">What the labels stand for.</param>
/// <param name="ImagePath">The image.</param>
/// <param name="LabelPaths">The label images, at least one: one an annotator.</param>
/// <param name="Options">How objects are taken from them.</param>
public sealed record LabelledImage(string Set, LabelKind Kind, string ImagePath, IReadOnlyList<string> LabelPaths, LabelObjectOptions Options)
{
    /// <summary>Reads the objects.</summary>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The objects of all label images, one file after the other; pixels of the void label are ignored.</returns>
    /// <exception cref="IOException">A file is missing, or not a label image.</exception>
    public IReadOnlyList<(int Label, PromptTarget Target)> ReadObjects(CancellationToken cancellationToken = default) =>
        [.. LabelPaths.SelectMany(path => ReadObjects(path, cancellationToken))];

    /// <summary>Reads the objects of one label image.</summary>
    /// <param name="labelPath">One of <see cref="LabelPaths"/>.</param>
    /// <param name="cancellationToken">Looked at while decoding.</param>
    /// <exception cref="IOException">The file is missing, or not a label image.</exception>
    public IReadOnlyList<(int Label, PromptTarget Target)> ReadObjects(string labelPath, CancellationToken cancellationToken = default)
    {
        var labels = MaskImageReader.ReadLabels(labelPath, cancellationToken: cancellationToken);
        var ignored = Kind == LabelKind.Classes && Options.VoidLabel is { } label && labels.Labels.Contains(label) ? LabelObjects.MaskOf(labels, label) : null;
        return [.. LabelObjects.Of(labels, Kind, Options).Select(o => (o.Label, new PromptTarget(o.Mask) { Ignored = ignored }))];
    }
}
