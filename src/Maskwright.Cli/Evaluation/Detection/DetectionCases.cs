using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Detection;

/// <summary>Draws the objects that were found worst, and the false alarms with the highest scores.</summary>
internal sealed class DetectionCases(DetectionTruth truth, string model, IReadOnlyList<DetectedObject> detections, DetectionSettings settings)
{
    private const int MostOfImage = 2;

    private readonly Dictionary<long, TruthImage> _images = truth.Images.ToDictionary(image => image.Id);
    private readonly Dictionary<long, string> _names = truth.Categories.ToDictionary(category => category.Id, category => category.Name);

    /// <summary>Draws; two thirds are objects, of those found equally badly the largest first.</summary>
    public IEnumerable<WorstCase> Draw(int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var matches = new BestMatches(truth, detections, settings);
        var missed = Spread(matches.Objects.OrderBy(o => o.Iou).ThenByDescending(o => o.Object.Area), o => o.Object.ImageId).Take(count - (count / 3)).Select(o =>
            Case(o.Object.ImageId, $"{(o.Iou < 0.5 ? "missed " : string.Empty)}{Name(o.Object.CategoryId)}: IoU {o.Iou:0.000}", Mask(o.Object.Mask, o.Object.Box, o.Object.ImageId), Mask(o.Detection?.Mask, o.Detection?.Box, o.Object.ImageId)));
        var alarms = Spread(matches.FalseAlarms.Where(a => _names.ContainsKey(a.Detection.CategoryId)).OrderByDescending(a => a.Detection.Score), a => a.Detection.ImageId).Take(count / 3).Select(a =>
            Case(a.Detection.ImageId, FormattableString.Invariant($"false alarm: {Name(a.Detection.CategoryId)}, score {a.Detection.Score:0.00}"), Mask(null, null, a.Detection.ImageId), Mask(a.Detection.Mask, a.Detection.Box, a.Detection.ImageId)));
        return missed.Concat(alarms);
    }

    private static IEnumerable<T> Spread<T>(IEnumerable<T> cases, Func<T, long> image)
    {
        var seen = new Dictionary<long, int>();
        foreach (var item in cases)
        {
            seen[image(item)] = seen.GetValueOrDefault(image(item)) + 1;
            if (seen[image(item)] <= MostOfImage)
            {
                yield return item;
            }
        }
    }

    private string Name(long category) => _names.GetValueOrDefault(category, $"category {category}");

    private WorstCase Case(long imageId, string title, BinaryMask wanted, BinaryMask found)
    {
        var image = _images[imageId];
        return new WorstCase(model, title, image.FileName.Length > 0 ? image.FileName : $"image {imageId}", CasePicture.Of(CaseImages.Find(settings.ImageFolder, image.FileName, image.Size), wanted, found));
    }

    private BinaryMask Mask(RunLengthMask? mask, ObjectBox? box, long imageId)
    {
        if (mask is not null && settings.Geometry == OverlapGeometry.Masks)
        {
            return mask.ToBinaryMask();
        }

        var drawn = new BinaryMask(_images[imageId].Size);
        if (box is { } b)
        {
            for (var y = (int)Math.Max(0, b.Y); y < Math.Min(drawn.Height, b.Y + b.Height); y++)
            {
                for (var x = (int)Math.Max(0, b.X); x < Math.Min(drawn.Width, b.X + b.Width); x++)
                {
                    drawn[x, y] = true;
                }
            }
        }

        return drawn;
    }
}
