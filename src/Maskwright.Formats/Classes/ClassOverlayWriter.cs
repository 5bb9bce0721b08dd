using Maskwright.Formats.Images;

namespace Maskwright.Formats.Classes;

/// <summary>Writes the photo with its classes drawn on it and a legend, as a PNG.</summary>
public sealed class ClassOverlayWriter : IMaskWriter
{
    /// <inheritdoc/>
    public string FormatName => "class-overlay";

    /// <inheritdoc/>
    public string Suffix => ".overlay.png";

    /// <inheritdoc/>
    public string Description => "STEM.overlay.png, the photo with every class in a colour of its own, and a legend";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var path = OutputPlace.PrepareFile(request, request.PathFor(Suffix));
        ImageWriter.WritePng(ClassOverlay.Render(request.Image, request.Proposals), path);
        return [path];
    }
}
