using Maskwright.Formats.Coco;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Detection;

/// <summary>Reads ground truths and detections.</summary>
internal static class DetectionData
{
    /// <summary>Reads a ground truth.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DetectionTruth ReadTruth(string path, CancellationToken cancellationToken) => CocoReader.ReadInstances(path, cancellationToken);

    /// <summary>Reads detections, and sees to it that they can be compared as asked.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="ToolException">Masks are asked for, and there are only boxes.</exception>
    public static IReadOnlyList<DetectedObject> ReadDetections(string path, DetectionTruth truth, OverlapGeometry geometry, CancellationToken cancellationToken)
    {
        var detections = CocoReader.ReadResults(path, truth, cancellationToken);
        if (geometry == OverlapGeometry.Masks && detections.Any(d => d.Mask is null))
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: {detections.Count(d => d.Mask is null)} of {detections.Count} detections have no mask; --type box compares boxes");
        }

        return detections;
    }
}
