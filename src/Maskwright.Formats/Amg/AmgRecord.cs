using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Amg;

/// <summary>What segment-anything's automatic generation says of one mask, in its own conventions.</summary>
/// <remarks>
/// segment-anything <c>automatic_mask_generator.py</c> and <c>utils/amg.py</c> at dca509f. Boxes run to the last column and row, so that their width is
/// one less than the number of columns, and are all 0 for an empty mask. Scores are float32 there and widen to double when they are printed.
/// </remarks>
internal readonly struct AmgRecord(MaskProposal proposal)
{
    private readonly MaskProposal _proposal = proposal;

    public RunLengthMask Mask => _proposal.Mask.Canonical();

    public long Area => _proposal.Area;

    public string PredictedIou => PythonText.Float((float)_proposal.PredictedIou);

    public string PredictedIouJson => PythonText.JsonFloat((float)_proposal.PredictedIou);

    /// <summary>x, y, width, height; the reference's inclusive extent.</summary>
    public int[] Box
    {
        get
        {
            var bounds = _proposal.Bounds;
            return bounds.IsEmpty ? [0, 0, 0, 0] : [bounds.X, bounds.Y, bounds.Width - 1, bounds.Height - 1];
        }
    }

    /// <summary>x, y, width, height of the part that the segmenter looked at.</summary>
    public int[] CropBox
    {
        get
        {
            var crop = _proposal.CropBox ?? Mask.Size.Bounds;
            return [crop.X, crop.Y, crop.Width, crop.Height];
        }
    }

    /// <summary>The two cells of a table; empty where no point prompted the mask.</summary>
    public string[] PointCells => _proposal.PromptPoint is { } point ? [PythonText.Float(point.X), PythonText.Float(point.Y)] : [string.Empty, string.Empty];

    /// <summary>A list of one point; an empty list where no point prompted the mask.</summary>
    public string PointJson =>
        _proposal.PromptPoint is { } point ? $"[[{PythonText.JsonFloat(point.X)}, {PythonText.JsonFloat(point.Y)}]]" : "[]";

    /// <summary>The cell of a table; empty where it was not measured.</summary>
    public string StabilityScore => _proposal.StabilityScore is { } score ? PythonText.Float((float)score) : string.Empty;

    /// <summary>A number; <c>null</c> where it was not measured.</summary>
    public string StabilityScoreJson => _proposal.StabilityScore is { } score ? PythonText.JsonFloat((float)score) : "null";

    /// <summary>The size as it stands in run-length records.</summary>
    public ImageSize Size => Mask.Size;
}
