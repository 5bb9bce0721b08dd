using Maskwright.Formats.Images;

namespace Maskwright.Formats.Overlays;

/// <summary>Writes the photo with its masks drawn on it, as a PNG.</summary>
public sealed class OverlayWriter : IMaskWriter
{
    /// <summary>How to draw; the prompts of a request are added to those given here.</summary>
    public OverlayOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public string FormatName => "overlay";

    /// <inheritdoc/>
    public string Suffix => ".overlay.png";

    /// <inheritdoc/>
    public string Description => "STEM.overlay.png, the photo with every mask in a colour of its own";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var path = OutputPlace.PrepareFile(request, request.PathFor(Suffix));
        var options = Options with { Prompts = [.. Options.Prompts, .. request.Prompts] };
        var picture = OverlayRenderer.Render(request.Image, request.Proposals, options, cancellationToken);
        ImageWriter.WritePng(picture, path);
        return [path];
    }
}
