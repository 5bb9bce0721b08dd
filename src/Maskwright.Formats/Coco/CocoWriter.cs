using Maskwright.Masks;

namespace Maskwright.Formats.Coco;

/// <summary>Writes masks as a COCO data set of instances: images, annotations with compressed run lengths, categories.</summary>
/// <remarks>
/// Boxes are the masks' true extents, [x, y, width, height]. Each annotation also carries <c>predicted_iou</c> and, where it was measured,
/// <c>stability_score</c>; COCO's tools ignore them. Category 1 is "object"; labelled masks get a category for each label, numbered as they come.
/// </remarks>
public sealed class CocoWriter : IMaskWriter
{
    /// <inheritdoc/>
    public string FormatName => "coco";

    /// <inheritdoc/>
    public string Suffix => ".coco.json";

    /// <inheritdoc/>
    public string Description => "STEM.coco.json, a COCO data set of instances with run-length masks";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var path = OutputPlace.PrepareFile(request, request.PathFor(Suffix));
        Write([new CocoImage(request.FileName, request.Size, request.Proposals)], path, cancellationToken);
        return [path];
    }

    /// <summary>Writes the masks of one image whose file name does not matter.</summary>
    /// <param name="proposals">The masks, all of one size; may be empty, and then the data set has no image.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="ArgumentException">The masks differ in size.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void Write(IReadOnlyList<MaskProposal> proposals, string path)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        Write(proposals.Count == 0 ? [] : [new CocoImage(string.Empty, proposals[0].Mask.Size, proposals)], path);
    }

    /// <summary>Writes the masks of several images.</summary>
    /// <param name="images">The images; looked at once and one at a time, so they may be made on the way. They are numbered from 1.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Looked at between masks; nothing is left when it is cancelled.</param>
    /// <exception cref="ArgumentException">A mask has another size than its image.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void Write(IEnumerable<CocoImage> images, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        AtomicFile.Write(path, stream => CocoJson.WriteDataSet(stream, images, cancellationToken));
    }
}
