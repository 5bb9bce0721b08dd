using Maskwright.Cli.Terminal;
using Maskwright.Formats.Images;
using Maskwright.Formats.Overlays;
using Maskwright.Images;

namespace Maskwright.Cli.Running;

/// <summary>Draws the overlay in the terminal.</summary>
internal static class OverlayView
{
    public static void Show(RgbImage image, ImageResult result, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var picture = OverlayRenderer.Render(image, result.Proposals, new OverlayOptions { Prompts = result.Prompts }, cancellationToken);
        TerminalPicture.Show(picture, () => ImageWriter.EncodePng(picture), surroundings);
    }
}
