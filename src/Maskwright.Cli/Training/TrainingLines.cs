using System.Globalization;
using Maskwright.Cli.Training.Reports;
using Maskwright.Training.Running;
using Maskwright.Training.Validation;

namespace Maskwright.Cli.Training;

/// <summary>A run in lines for a terminal.</summary>
internal static class TrainingLines
{
    private const string Share = "_iou";

    /// <summary>What was learned lately, how fast, and how long the rest takes.</summary>
    public static string Of(TrainingProgress progress, TrainingPace pace)
    {
        var speed = pace.CropsPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $"  {pace.CropsPerSecond:0.0} crops/s") : string.Empty;
        var left = progress.Step < progress.Steps && pace.Left(progress.Steps - progress.Step) is { } time ? $"  {(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} left" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Place(progress.Step, progress.Steps)}  loss {progress.Loss:0.000}  {Parts(progress)}  rate {progress.LearningRate:0.0e+0}  norm {progress.GradientNorm:0.0}{speed}{left}");
    }

    /// <summary>How good it is.</summary>
    public static string Of(ValidationReport report)
    {
        var measures = report.Measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"{MeasureText.Spoken(m.Key)} {Number(m.Value)}"));
        var best = report.IsBest ? "the best so far" : $"best {MeasureText.Spoken(report.Measure)} {Number(report.BestValue)} at step {report.BestStep}";
        return $"{Place(report.Step, report.Steps)}  judged on {report.Images} images: {string.Join("  ", measures)}  ({best})";
    }

    private static string Place(long step, long steps)
    {
        var all = steps.ToString(CultureInfo.InvariantCulture);
        return $"{step.ToString(CultureInfo.InvariantCulture).PadLeft(all.Length)}/{all}";
    }

    // How good the answers are, where the learner says so, else what the loss is made of; what was not asked is left out.
    private static string Parts(TrainingProgress progress)
    {
        var known = progress.Parts.Where(part => !double.IsNaN(part.Value)).ToList();
        var measured = known.Where(part => part.Key.EndsWith(Share, StringComparison.Ordinal)).ToList();
        return string.Join(' ', (measured.Count > 0 ? measured : known).Select(part => $"{MeasureText.Spoken(part.Key)} {Number(part.Value)}"));
    }

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("0.000", CultureInfo.InvariantCulture);
}
