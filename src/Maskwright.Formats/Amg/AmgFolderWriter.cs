using System.Text;
using System.Text.RegularExpressions;
using Maskwright.Formats.Png;
using Maskwright.Masks;

namespace Maskwright.Formats.Amg;

/// <summary>Writes masks as the folder of segment-anything's <c>scripts/amg.py</c>: one PNG a mask and <c>metadata.csv</c>, the table byte for byte.</summary>
/// <remarks>
/// The PNG files are 8-bit grey at the image's size, 0 outside and 255 inside, as the reference's; their compressed bytes differ, since those depend on
/// the library that packs them. Deviation: cells are empty where a proposal has no prompt point or no stability score.
/// </remarks>
public sealed partial class AmgFolderWriter : IMaskWriter
{
    private const string Header =
        "id,area,bbox_x0,bbox_y0,bbox_w,bbox_h,point_input_x,point_input_y,predicted_iou,stability_score,crop_box_x0,crop_box_y0,crop_box_w,crop_box_h";

    /// <inheritdoc/>
    public string FormatName => "amg";

    /// <inheritdoc/>
    public string Suffix => string.Empty;

    /// <inheritdoc/>
    public string Description => "folder STEM/ with 0.png, 1.png, ... and metadata.csv, as segment-anything's amg.py";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var path = request.PathFor(Suffix);
        AtomicFolder.Write(path, request.Overwrite, IsResult, folder => Fill(folder, request.Proposals, cancellationToken));
        return [path];
    }

    private static void Fill(string folder, IReadOnlyList<MaskProposal> proposals, CancellationToken cancellationToken)
    {
        OverMasks.ForEach(proposals.Count, i => MaskPng.Write(Path.Combine(folder, $"{i}.png"), proposals[i].Mask), cancellationToken);
        AtomicFile.Write(Path.Combine(folder, "metadata.csv"), stream => stream.Write(Encoding.UTF8.GetBytes(Table(proposals))));
    }

    private static string Table(IReadOnlyList<MaskProposal> proposals) =>
        string.Join('\n', proposals.Select((proposal, i) => Row(i, new AmgRecord(proposal))).Prepend(Header));

    private static string Row(int id, AmgRecord record) => string.Join(
        ',',
        [
            PythonText.Integer(id),
            PythonText.Integer(record.Area),
            .. record.Box.Select(value => PythonText.Integer(value)),
            .. record.PointCells,
            record.PredictedIou,
            record.StabilityScore,
            .. record.CropBox.Select(value => PythonText.Integer(value)),
        ]);

    private static bool IsResult(string fileName) => fileName == "metadata.csv" || NumberedPng().IsMatch(fileName);

    [GeneratedRegex(@"^[0-9]+\.png$")]
    private static partial Regex NumberedPng();
}
