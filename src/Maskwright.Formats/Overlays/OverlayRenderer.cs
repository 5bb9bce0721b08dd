using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Formats.Overlays;

/// <summary>Draws masks on the photo that they lie on.</summary>
/// <remarks>Every pixel shows the smallest mask that covers it. The same input gives the same picture, whatever the number of cores.</remarks>
public static class OverlayRenderer
{
    private const int BandRows = 64;

    /// <summary>Draws the masks.</summary>
    /// <param name="image">The photo; it stays as it is.</param>
    /// <param name="proposals">The masks, at the photo's size; may be empty.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at between bands of rows.</param>
    /// <returns>A picture of the photo's size.</returns>
    /// <exception cref="ArgumentException">A mask has another size than the photo, or an option is out of its range.</exception>
    public static RgbImage Render(
        RgbImage image,
        IReadOnlyList<MaskProposal> proposals,
        OverlayOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(proposals);
        options ??= new OverlayOptions();
        options.Validate();
        var labels = LabelMap.FromProposals(image.Size, proposals);
        var colours = ColourAssignment.Assign(labels, proposals.Count, image);
        var painting = new OverlayPainting(image, labels, colours, options);
        var bands = (image.Height + BandRows - 1) / BandRows;
        OverMasks.ForEach(bands, band => painting.Paint(band * BandRows, Math.Min((band + 1) * BandRows, image.Height)), cancellationToken);
        return Annotations.Draw(painting.Result, labels, proposals, options);
    }
}
