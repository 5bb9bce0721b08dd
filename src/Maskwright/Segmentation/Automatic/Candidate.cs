using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>A mask on its way through the stages of automatic generation.</summary>
/// <param name="Mask">The mask, in the frame of the image.</param>
/// <param name="Quality">Predicted IoU.</param>
/// <param name="Stability">Stability score.</param>
/// <param name="Point">The point that asked for it, in the frame of the image.</param>
/// <param name="Crop">The part of the image that was looked at.</param>
internal sealed record Candidate(RunLengthMask Mask, float Quality, double Stability, PixelPoint Point, PixelRect Crop)
{
    /// <summary>The box that segment-anything compares by: from the first to the last pixel's number, so one pixel smaller than the bounds; zeros for an empty mask.</summary>
    public static PixelBox InclusiveBox(PixelRect bounds) =>
        bounds.IsEmpty ? default : new PixelBox(bounds.X, bounds.Y, bounds.Right - 1, bounds.Bottom - 1);

    /// <summary>The finished record.</summary>
    public MaskProposal ToProposal() => new(Mask, Quality) { StabilityScore = Stability, PromptPoint = Point, CropBox = Crop };
}
