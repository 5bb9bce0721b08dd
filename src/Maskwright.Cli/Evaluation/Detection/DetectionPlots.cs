using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Detection;

/// <summary>The plots of detections: precision over recall, precision over overlap, overlaps of objects, classes.</summary>
internal sealed class DetectionPlots(DetectionTruth truth, IReadOnlyList<(string Name, IReadOnlyList<DetectedObject> Detections)> models, DetectionSettings settings)
{
    private const int Bins = 20;

    public IReadOnlyList<Plot> Make(ScoreSheet sheet, CancellationToken cancellationToken)
    {
        var results = models.Select(model => settings.IsLvis
            ? LvisEvaluation.Evaluate(truth, model.Detections, settings.Geometry, cancellationToken: cancellationToken)
            : AveragePrecision.Evaluate(truth, model.Detections, settings.Options, cancellationToken)).ToList();
        var iou = PlotAxis.Share("IoU of the best detection of the same class");
        return
        [
            new LinePlot(
                "Precision over recall", "Mean over classes and objects of all sizes; strong lines at IoU .50, lighter ones at .75.", PlotAxis.Share("recall"), PlotAxis.Share("precision"),
                [.. results.SelectMany((result, i) => (PlotSeries[])[Curve(result, i, 5), Curve(result, i, 0)])]),
            new LinePlot(
                "Precision over overlap", "Average precision when a match needs a larger IoU.", new PlotAxis("IoU that a match needs", 0.5, 0.95), PlotAxis.Share("average precision"),
                [.. results.Select((result, i) => new PlotSeries(null, i, [.. result.Options.IouThresholds.Select((threshold, t) => (threshold, Math.Max(0, result.MeanPrecision(t))))]) { HasDots = true })]),
            new HistogramPlot(
                "How well objects are found", "Share of all objects.", iou,
                [.. models.Select(model => HistogramPlot.Bin(new BestMatches(truth, model.Detections, settings).Objects.Select(o => o.Iou), iou, Bins))]),
            .. ScorePlots.Bars(sheet, "size", ["AP"]),
            .. ScorePlots.Bars(sheet, "class", ["AP"]),
        ];
    }

    private static PlotSeries Curve(AveragePrecisionResult result, int model, int threshold)
    {
        var precision = result.Precision;
        var options = result.Options;
        var (recalls, classes, inner) = (options.RecallThresholds.Count, result.CategoryIds.Count, options.AreaRanges.Count * options.MaxDetections.Count);
        var points = new List<(double X, double Y)>();
        for (var r = 0; r < recalls; r++)
        {
            var (sum, count) = (0.0, 0);
            for (var k = 0; k < classes; k++)
            {
                var value = precision[((((threshold * recalls) + r) * classes) + k) * inner + options.MaxDetections.Count - 1]; // [T,R,K,A,M], all sizes, most detections
                (sum, count) = value > -1 ? (sum + value, count + 1) : (sum, count);
            }

            if (count > 0)
            {
                points.Add((options.RecallThresholds[r], sum / count));
            }
        }

        return new PlotSeries(null, model, points) { IsFaint = threshold > 0 };
    }
}
