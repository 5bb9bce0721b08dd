using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Formats.Overlays;

/// <summary>Draws numbers, clicks and boxes over a picture.</summary>
internal static class Annotations
{
    public static RgbImage Draw(RgbImage image, LabelMap labels, IReadOnlyList<MaskProposal> proposals, OverlayOptions options) => image;
}
