using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Maskwright.Formats.Amg;
using Maskwright.Masks;

namespace Maskwright.Formats.Coco;

/// <summary>Writes masks as a file of the SA-1B data set: one object with <c>image</c> and <c>annotations</c>.</summary>
/// <remarks>
/// segment-anything README, "Dataset". Boxes and crop boxes follow <see cref="AmgJsonWriter"/>: the width is one less than the number of columns.
/// The image's id is the number in a file name such as <c>sa_223750.jpg</c>, else 1. Annotations are numbered from 1.
/// </remarks>
public sealed partial class Sa1bWriter : IMaskWriter
{
    /// <inheritdoc/>
    public string FormatName => "sa1b";

    /// <inheritdoc/>
    public string Suffix => ".sa1b.json";

    /// <inheritdoc/>
    public string Description => "STEM.sa1b.json, one object with image and annotations as in the SA-1B data set";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var path = OutputPlace.PrepareFile(request, request.PathFor(Suffix));
        AtomicFile.Write(path, stream => WriteFile(stream, request, cancellationToken));
        return [path];
    }

    private static void WriteFile(Stream stream, MaskWriteRequest request, CancellationToken cancellationToken)
    {
        using var json = CocoJson.Writer(stream);
        json.WriteStartObject();
        json.WriteStartObject("image");
        json.WriteNumber("image_id", ImageId(request.Stem));
        json.WriteNumber("width", request.Size.Width);
        json.WriteNumber("height", request.Size.Height);
        json.WriteString("file_name", request.FileName);
        json.WriteEndObject();
        json.WriteStartArray("annotations");
        for (var i = 0; i < request.Proposals.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteAnnotation(json, i + 1, request.Proposals[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, int id, MaskProposal proposal)
    {
        var record = new AmgRecord(proposal);
        json.WriteStartObject();
        json.WriteNumber("id", id);
        CocoJson.WriteSegmentation(json, proposal.Mask);
        json.WriteNumber("area", proposal.Area);
        CocoJson.WriteIntegers(json, "bbox", record.Box);
        CocoJson.WriteScore(json, "predicted_iou", proposal.PredictedIou);
        WritePoint(json, proposal);
        CocoJson.WriteScore(json, "stability_score", proposal.StabilityScore);
        CocoJson.WriteIntegers(json, "crop_box", record.CropBox);
        json.WriteEndObject();
        CocoJson.FlushSometimes(json);
    }

    private static void WritePoint(Utf8JsonWriter json, MaskProposal proposal)
    {
        json.WriteStartArray("point_coords");
        if (proposal.PromptPoint is { } point)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.X);
            json.WriteNumberValue(point.Y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static long ImageId(string stem) =>
        NumberedStem().Match(stem) is { Success: true } match
        && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 1;

    [GeneratedRegex("^sa_([0-9]+)$")]
    private static partial Regex NumberedStem();
}
