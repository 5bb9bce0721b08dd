using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>A mask that waits to be compared with the others of its crop; as runs, or as logits where these are smaller.</summary>
/// <remarks>A scattered mask of a large image has more runs than its low-resolution logits have cells; hundreds of such masks wait at one time.</remarks>
/// <param name="Mask">The mask in the frame of the crop; null when it waits as logits.</param>
/// <param name="Logits">The logits; null when it waits as runs.</param>
/// <param name="Bounds">Bounds of the mask in the frame of the crop.</param>
/// <param name="Quality">Predicted IoU.</param>
/// <param name="Stability">Stability score.</param>
/// <param name="Point">The point that asked for it, in the frame of the crop.</param>
internal sealed record CropCandidate(RunLengthMask? Mask, MaskLogits? Logits, PixelRect Bounds, float Quality, double Stability, PixelPoint Point)
{
    /// <summary>Takes a mask that was cut; logits are copied, so that those of the whole batch can go.</summary>
    public static CropCandidate Of(MeasuredCut cut, MaskLogits logits, float quality, PixelPoint point) => new(
        cut.Mask,
        cut.Mask is null ? new MaskLogits(logits.Values.ToArray(), logits.Width, logits.Height, logits.Frame) : null,
        cut.Bounds,
        quality,
        cut.Stability,
        point);

    /// <summary>The candidate in the frame of the image.</summary>
    public Candidate Finish(double thresholdLogit, PixelRect crop, ImageSize image)
    {
        var mask = Mask ?? LogitThresholding.Cut(Logits!, thresholdLogit, stabilityOffset: 0).Mask; // one of the two is there
        return new Candidate(mask.PlaceIn(image, crop.X, crop.Y), Quality, Stability, new PixelPoint(Point.X + crop.X, Point.Y + crop.Y), crop);
    }
}
