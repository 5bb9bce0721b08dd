using System.Text;
using Maskwright.Masks;

namespace Maskwright.Formats.Amg;

/// <summary>Writes masks as the JSON list of segment-anything's <c>scripts/amg.py --convert-to-rle</c>, byte for byte.</summary>
/// <remarks>
/// Deviation: where a proposal has no prompt point, <c>point_coords</c> is an empty list, and where its stability was not measured,
/// <c>stability_score</c> is null; the reference has neither case.
/// </remarks>
public sealed class AmgJsonWriter : IMaskWriter
{
    /// <summary>How a record holds its mask; the reference's script uses <see cref="AmgSegmentation.CocoRle"/>.</summary>
    public AmgSegmentation Segmentation { get; init; } = AmgSegmentation.CocoRle;

    /// <inheritdoc/>
    public string FormatName => "amg-json";

    /// <inheritdoc/>
    public string Suffix => ".json";

    /// <inheritdoc/>
    public string Description => "STEM.json with run-length masks, as segment-anything's amg.py --convert-to-rle";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var path = OutputPlace.PrepareFile(request, request.PathFor(Suffix));
        AtomicFile.Write(path, stream => WriteRecords(stream, request.Proposals, cancellationToken));
        return [path];
    }

    private void WriteRecords(Stream stream, IReadOnlyList<MaskProposal> proposals, CancellationToken cancellationToken)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        text.Write('[');
        for (var i = 0; i < proposals.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            text.Write(i == 0 ? string.Empty : ", ");
            WriteRecord(text, new AmgRecord(proposals[i]));
        }

        text.Write(']');
    }

    private void WriteRecord(StreamWriter text, AmgRecord record)
    {
        text.Write($"{{\"segmentation\": {{\"size\": [{record.Size.Height}, {record.Size.Width}], \"counts\": ");
        WriteCounts(text, record.Mask);
        text.Write($"}}, \"area\": {record.Area}, \"bbox\": [{string.Join(", ", record.Box)}], \"predicted_iou\": {record.PredictedIouJson}, ");
        text.Write($"\"point_coords\": {record.PointJson}, \"stability_score\": {record.StabilityScoreJson}, ");
        text.Write($"\"crop_box\": [{string.Join(", ", record.CropBox)}]}}");
    }

    private void WriteCounts(StreamWriter text, RunLengthMask mask)
    {
        if (Segmentation == AmgSegmentation.CocoRle)
        {
            text.Write(PythonText.JsonString(mask.ToCocoString()));
            return;
        }

        text.Write('[');
        for (var i = 0; i < mask.Counts.Length; i++)
        {
            text.Write(i == 0 ? string.Empty : ", ");
            text.Write(mask.Counts[i]);
        }

        text.Write(']');
    }
}
