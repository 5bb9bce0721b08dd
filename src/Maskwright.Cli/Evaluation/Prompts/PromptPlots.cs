using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>The plots of a prompt study.</summary>
internal sealed class PromptPlots(IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<TimedAnswer>> Answers)> models, PromptStudyOptions study)
{
    private const int Bins = 20;

    public IReadOnlyList<Plot> Make(ScoreSheet sheet)
    {
        var plots = new List<Plot>();
        var iou = PlotAxis.Share("IoU");
        if (study.Clicks is { } clicks)
        {
            plots.Add(new LinePlot(
                "Quality by clicks", "Mean IoU after each click. A session ends at an IoU of .90 and counts with what it reached from then on.",
                new PlotAxis("clicks", 1, clicks.MaxClicks), iou, [.. models.Select((model, i) => new PlotSeries(null, i, Curve(model.Answers, clicks.MaxClicks)) { HasDots = true })]));
            plots.Add(Histogram("IoU after one click", iou, answer => answer.Clicks?.OneClickIou ?? double.NaN));
        }

        if (study.AsksForBoxes)
        {
            plots.Add(Histogram("IoU of the answer to a box", iou, answer => answer.BoxIou ?? double.NaN));
        }

        if (models[0].Answers[0][0].Answer.ProposalIous.Count > 0)
        {
            plots.Add(Histogram($"IoU of the best of {study.ProposalCounts[^1]} masks of everything mode", iou, answer => answer.ProposalIous[^1]));
        }

        plots.AddRange(ScorePlots.Bars(sheet, "set", ["1-click IoU", "box IoU", $"AR@{study.ProposalCounts[^1]}"]));
        plots.AddRange(ScorePlots.Bars(sheet, "class", ["1-click IoU", "box IoU"]));
        return plots;
    }

    private HistogramPlot Histogram(string title, PlotAxis axis, Func<PromptAnswer, double> value) => new(
        title, "Share of all objects.", axis, [.. models.Select(model => HistogramPlot.Bin(model.Answers.SelectMany(a => a).Select(a => value(a.Answer)), axis, Bins))]);

    private static List<(double X, double Y)> Curve(IReadOnlyList<IReadOnlyList<TimedAnswer>> answers, int clicks)
    {
        var curves = answers.SelectMany(a => a).Select(a => a.Answer.Clicks).OfType<ClickCurve>().ToList();
        return [.. Enumerable.Range(1, clicks).Select(n => ((double)n, curves.Average(curve => curve.Ious[Math.Min(n, curve.Ious.Count) - 1])))];
    }
}
