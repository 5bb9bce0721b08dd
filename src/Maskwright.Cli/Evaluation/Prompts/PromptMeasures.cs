using System.Globalization;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>The measures of a prompt study, as far as they are asked for, and how they come from an answer.</summary>
internal sealed class PromptMeasures
{
    private readonly List<(Measure Measure, Func<TimedAnswer, double> Value)> _all = [];

    public PromptMeasures(PromptStudyOptions study, bool hasEverything)
    {
        AddClicks(study);
        if (study.AsksForBoxes)
        {
            Share("box IoU", "mean IoU of the answer to the tight box", a => a.Answer.BoxIou ?? double.NaN);
        }

        for (var i = 0; hasEverything && i < study.ProposalCounts.Count; i++)
        {
            var position = i;
            var name = string.Create(CultureInfo.InvariantCulture, $"AR@{study.ProposalCounts[i]}");
            Share(name, $"everything mode: average recall over IoU .50 to .95 of the best {study.ProposalCounts[i]} masks", a => PromptAnswer.Recall(a.Answer.ProposalIous[position]));
        }

        Time("encode ms", "time to look at an image", a => a.Encode);
        if (study.Clicks is not null)
        {
            Time("click ms", "time to answer a click", a => a.Click);
        }

        if (study.AsksForBoxes)
        {
            Time("box ms", "time to answer a box", a => a.Box);
        }

        if (hasEverything)
        {
            Time("everything ms", "time to find everything in an image", a => a.Everything);
        }
    }

    public IReadOnlyList<Measure> All => [.. _all.Select(m => m.Measure)];

    /// <summary>The values of an answer.</summary>
    public double[] Of(TimedAnswer answer) => [.. _all.Select(m => m.Value(answer))];

    private void AddClicks(PromptStudyOptions study)
    {
        if (study.Clicks is { } clicks)
        {
            Share("1-click IoU", "mean IoU after the first click of the robot user (one-click mIoU)", a => a.Answer.Clicks?.OneClickIou ?? double.NaN);
        }

        if (study.AsksForSeveral)
        {
            Share("best of 3", "mean IoU of the best of the masks that one click gives", a => a.Answer.BestOfSeveralIou ?? double.NaN);
        }

        if (study.Clicks is { } session)
        {
            foreach (var (name, iou) in (ReadOnlySpan<(string, double)>)[("85", 0.85), ("90", 0.90)])
            {
                _all.Add((
                    new Measure($"NoC@{name}", $"mean number of clicks to an IoU of .{name}, at most {session.MaxClicks}") { Decimals = 2, MoreIsBetter = false, IsShare = false },
                    a => a.Answer.Clicks?.ClicksTo(iou) ?? double.NaN));
                _all.Add((
                    new Measure($"fail@{name}", $"share of objects that never reach .{name}") { MoreIsBetter = false },
                    a => a.Answer.Clicks is { } curve ? (curve.Reaches(iou) ? 0 : 1) : double.NaN));
            }

            _all.Add((
                new Measure("spoiling", "share of the clicks after an object's first that lower the IoU by more than 10 points, mean over the objects with more than one click") { MoreIsBetter = false },
                a => a.Answer.Clicks is { Ious.Count: > 1 } curve ? (double)curve.SpoilingClicks() / (curve.Ious.Count - 1) : double.NaN));
        }
    }

    private void Share(string name, string meaning, Func<TimedAnswer, double> value) => _all.Add((new Measure(name, meaning), value));

    private void Time(string name, string meaning, Func<TimedAnswer, double> value) =>
        _all.Add((new Measure(name, meaning) { Decimals = 0, MoreIsBetter = false, IsShare = false }, value));
}
