namespace Maskwright.Formats.Png;

/// <summary>Writes one black-and-white PNG a mask: 8-bit grey at the image's size, 255 inside.</summary>
public sealed class MaskPngWriter : IMaskWriter
{
    /// <inheritdoc/>
    public string FormatName => "png";

    /// <inheritdoc/>
    public string Suffix => ".mask.png";

    /// <inheritdoc/>
    public string Description => "STEM.mask.png, white inside; STEM.mask-0.png, ... where there are several masks";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return FileEachMask.Write(request, Suffix, (i, path) => MaskPng.Write(path, request.Proposals[i].Mask), cancellationToken);
    }
}
