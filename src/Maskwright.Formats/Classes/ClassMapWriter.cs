using Maskwright.Formats.Labels;

namespace Maskwright.Formats.Classes;

/// <summary>Writes the class of every pixel as a PNG of numbers, shown in VOC's colours; where no mask lies is 0.</summary>
public sealed class ClassMapWriter : IMaskWriter
{
    /// <inheritdoc/>
    public string FormatName => "class-map";

    /// <inheritdoc/>
    public string Suffix => ".classes.png";

    /// <inheritdoc/>
    public string Description => "STEM.classes.png, the number of its class at every pixel, in VOC's colours";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var labels = ClassLabels.Of(request);
        var path = OutputPlace.PrepareFile(request, request.PathFor(Suffix));
        LabelImageWriter.Write(labels, request.Proposals.Select(p => p.ClassNumber!.Value).DefaultIfEmpty(0).Max(), path, withPalette: true); // ClassLabels has asked for the numbers
        return [path];
    }
}
