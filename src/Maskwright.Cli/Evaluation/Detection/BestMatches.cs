using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Detection;

/// <summary>For every true object the detection that fits it best, and for every detection how well it fits any.</summary>
internal sealed class BestMatches
{
    private const int MostDetections = 100;

    /// <summary>Compares all objects of an image and class with all detections.</summary>
    public BestMatches(DetectionTruth truth, IReadOnlyList<DetectedObject> detections, DetectionSettings settings)
    {
        var found = detections.GroupBy(d => Key(d.ImageId, d.CategoryId, settings)).ToDictionary(g => g.Key, g => g.OrderByDescending(d => d.Score).Take(MostDetections).ToList());
        var wanted = truth.Objects.GroupBy(o => Key(o.ImageId, o.CategoryId, settings)).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var (key, objects) in wanted)
        {
            foreach (var item in objects.Where(o => !o.IsCrowd))
            {
                var best = found.GetValueOrDefault(key, []).MaxBy(d => Iou(d, item, settings));
                var iou = best is null ? 0 : Iou(best, item, settings);
                Objects.Add((item, iou > 0 ? best : null, iou));
            }
        }

        foreach (var (key, list) in found)
        {
            FalseAlarms.AddRange(list.Select(d => (d, wanted.GetValueOrDefault(key, []).Select(o => Iou(d, o, settings)).DefaultIfEmpty(0).Max())).Where(pair => pair.Item2 < 0.5));
        }
    }

    /// <summary>Every object that is no crowd, with the best detection; null when none touches it.</summary>
    public List<(TruthObject Object, DetectedObject? Detection, double Iou)> Objects { get; } = [];

    /// <summary>Every detection that fits no object of its class by an IoU of .5.</summary>
    public List<(DetectedObject Detection, double Iou)> FalseAlarms { get; } = [];

    private static (long Image, long Category) Key(long image, long category, DetectionSettings settings) => (image, settings.IsClassAgnostic ? 0 : category);

    private static double Iou(DetectedObject detection, TruthObject truth, DetectionSettings settings) =>
        settings.Geometry == OverlapGeometry.Boxes || detection.Mask is null || truth.Mask is null ? detection.Box.Iou(truth.Box, truth.IsCrowd) : detection.Mask.Iou(truth.Mask, truth.IsCrowd);
}
