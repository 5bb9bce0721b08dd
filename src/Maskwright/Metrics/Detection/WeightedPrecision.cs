namespace Maskwright.Metrics;

/// <summary>Average precision and recall for any number of times that images count, so that they can be drawn again or grouped without matching anew.</summary>
/// <remarks>With every image counted once it equals <see cref="AveragePrecision"/> and <see cref="LvisEvaluation"/> to rounding.</remarks>
public sealed class WeightedPrecision
{
    private const int MostThresholds = 32;

    private readonly RankedMatches[][] _matches;
    private readonly double[] _recalls;

    private WeightedPrecision(RankedMatches[][] matches, IReadOnlyList<long> categoryIds, IReadOnlyList<long> imageIds, AveragePrecisionOptions options)
    {
        (_matches, CategoryIds, ImageIds, Options) = (matches, categoryIds, imageIds, options);
        _recalls = [.. options.RecallThresholds];
    }

    /// <summary>K categories, rising; one of -1 when they are not told apart.</summary>
    public IReadOnlyList<long> CategoryIds { get; }

    /// <summary>The images in the order of weights: that of the ground truth.</summary>
    public IReadOnlyList<long> ImageIds { get; }

    /// <summary>How it is measured.</summary>
    public AveragePrecisionOptions Options { get; }

    /// <summary>Matches detections as COCO does.</summary>
    /// <param name="truth">What there is to find.</param>
    /// <param name="detections">What was found, in the file's order.</param>
    /// <param name="options">How to measure; null for COCO's customs with masks.</param>
    /// <param name="cancellationToken">Stops between categories.</param>
    /// <exception cref="ArgumentException">As for <see cref="AveragePrecision"/>; or there are more than 32 overlaps.</exception>
    public static WeightedPrecision Of(
        DetectionTruth truth, IReadOnlyList<DetectedObject> detections, AveragePrecisionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detections);
        return Match(truth, [.. detections.Select(d => new RatedDetection(d, false))], options ?? new AveragePrecisionOptions(), cancellationToken);
    }

    /// <summary>Matches detections as LVIS does.</summary>
    /// <param name="truth">What there is to find, with LVIS's lists of absent and incomplete categories.</param>
    /// <param name="detections">What was found, in the file's order.</param>
    /// <param name="geometry">Whether masks or boxes are compared.</param>
    /// <param name="maxDetectionsPerImage">How many detections of an image count, at least 1.</param>
    /// <param name="cancellationToken">Stops between categories.</param>
    /// <exception cref="ArgumentException">As for <see cref="LvisEvaluation"/>.</exception>
    public static WeightedPrecision OfLvis(
        DetectionTruth truth,
        IReadOnlyList<DetectedObject> detections,
        OverlapGeometry geometry = OverlapGeometry.Masks,
        int maxDetectionsPerImage = LvisEvaluation.CustomaryMaxDetections,
        CancellationToken cancellationToken = default)
    {
        var (whole, rated, options) = LvisEvaluation.Prepare(truth, detections, geometry, maxDetectionsPerImage);
        return Match(whole, rated, options, cancellationToken);
    }

    /// <summary>Measures.</summary>
    /// <param name="weights">[images] how often each counts, at least 0.</param>
    /// <exception cref="ArgumentException">There is not one weight an image.</exception>
    public CategoryPrecision Measure(int[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Length != ImageIds.Count)
        {
            throw new ArgumentException($"{ImageIds.Count} images need as many weights, not {weights.Length}.", nameof(weights));
        }

        var result = new CategoryPrecision(CategoryIds.Count, Options);
        for (var k = 0; k < _matches.Length; k++)
        {
            for (var a = 0; a < Options.AreaRanges.Count; a++)
            {
                if (_matches[k][a].Truths(weights) == 0)
                {
                    continue;
                }

                // As in the summaries: smaller numbers of detections are looked at for all sizes together only.
                for (var m = a == 0 ? 0 : Options.MaxDetections.Count - 1; m < Options.MaxDetections.Count; m++)
                {
                    var (precision, recall) = result.Cell(k, a, m);
                    _matches[k][a].Measure(weights, Options.MaxDetections[m], _recalls, precision, recall);
                }
            }
        }

        return result;
    }

    private static WeightedPrecision Match(DetectionTruth truth, RatedDetection[] detections, AveragePrecisionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(truth);
        options.Validate();
        if (options.IouThresholds.Count > MostThresholds)
        {
            throw new ArgumentException($"At most {MostThresholds} overlaps can be weighted, not {options.IouThresholds.Count}.", nameof(options));
        }

        var groups = new ObjectGroups(truth, detections, options.IsClassAgnostic);
        var positions = truth.Images.Select((image, i) => (image.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        var matches = new RankedMatches[groups.CategoryIds.Count][];
        ParallelLoop.Run(
            matches.Length,
            k =>
            {
                OverlapTable[] tables = [.. groups.OfCategory(k).Select(g => new OverlapTable(g.Truths, g.Detections, options))];
                int[] images = [.. groups.OfCategory(k).Select(g => positions[g.Truths.Count > 0 ? g.Truths[0].ImageId : g.Detections[0].Object.ImageId])];
                matches[k] = [.. options.AreaRanges.Select(range => new RankedMatches([.. tables.Select(table => new ImageMatches(table, range, options))], images, options))];
            },
            cancellationToken);
        return new WeightedPrecision(matches, groups.CategoryIds, [.. truth.Images.Select(image => image.Id)], options);
    }
}
