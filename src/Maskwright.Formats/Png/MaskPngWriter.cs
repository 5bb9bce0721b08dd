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
        request.Validate();
        var paths = Enumerable.Range(0, request.Proposals.Count).Select(i => OutputPlace.PrepareFile(request, request.PathFor(Suffix, i))).ToArray();
        OverMasks.ForEach(paths.Length, i => MaskPng.Write(paths[i], request.Proposals[i].Mask), cancellationToken);
        return paths;
    }
}
