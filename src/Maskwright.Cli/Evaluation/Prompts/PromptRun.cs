using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Cli.Reporting;
using Maskwright.Formats.Images;
using Maskwright.Images;
using Maskwright.Metrics;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>Asks one model for all objects of a sample.</summary>
/// <param name="samples">The images and objects.</param>
/// <param name="study">What is asked.</param>
/// <param name="omissions">Told of images that cannot be read.</param>
/// <param name="clock">Takes the times.</param>
internal sealed class PromptRun(IReadOnlyList<PromptSample> samples, PromptStudyOptions study, Omissions omissions, TimeProvider clock)
{
    /// <summary>Measures.</summary>
    /// <param name="segmenter">Answers prompts.</param>
    /// <param name="generator">Finds everything; null to leave that out.</param>
    /// <param name="bar">Told as the work goes on.</param>
    /// <param name="cancellationToken">Stops between prompts.</param>
    /// <returns>For each sample one answer an object; null for an image that cannot be read.</returns>
    public IReadOnlyList<IReadOnlyList<TimedAnswer>?> Measure(IPromptSegmenter segmenter, IMaskGenerator? generator, ProgressBoard.Bar bar, CancellationToken cancellationToken)
    {
        var timed = new TimedSegmenter(segmenter, clock);
        var timedGenerator = generator is null ? null : new TimedGenerator(generator, clock);
        var answers = new IReadOnlyList<TimedAnswer>?[samples.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bar.Report(samples[i].Image.Set, i, samples.Count);
            omissions.Try(() => answers[i] = Measure(samples[i], timed, timedGenerator, cancellationToken));
        }

        return answers;
    }

    /// <summary>Draws the objects that a model found worst, taking turns among the sets.</summary>
    public IReadOnlyList<WorstCase> Worst(
        string model, IPromptSegmenter segmenter, IReadOnlyList<IReadOnlyList<TimedAnswer>?> answers, int count, CancellationToken cancellationToken)
    {
        var ranked = samples.Zip(answers)
            .Where(pair => pair.Second is not null)
            .Select(pair => (Sample: pair.First, Best: Enumerable.Range(0, pair.Second!.Count).MinBy(i => Quality(pair.Second[i])), Answers: pair.Second))
            .GroupBy(item => item.Sample.Image.Set)
            .SelectMany(set => set.OrderBy(item => Quality(item.Answers[item.Best])).Select((item, rank) => (item, rank)))
            .OrderBy(entry => entry.rank).ThenBy(entry => Quality(entry.item.Answers[entry.item.Best]))
            .Take(count)
            .Select(entry => entry.item);
        return [.. ranked.Select(item => Draw(model, segmenter, item.Sample, item.Best, cancellationToken))];
    }

    private static double Quality(TimedAnswer answer) => answer.Answer.Clicks?.OneClickIou ?? answer.Answer.BoxIou ?? answer.Answer.ProposalIous.DefaultIfEmpty(0).Last();

    private WorstCase Draw(string model, IPromptSegmenter segmenter, PromptSample sample, int position, CancellationToken cancellationToken)
    {
        var image = ImageReader.Read(sample.Image.Path, cancellationToken: cancellationToken);
        var target = sample.Image.ReadObjects(cancellationToken)[sample.Objects[position]].Target;
        using var embedding = segmenter.Encode(image, cancellationToken);
        var isClick = study.Clicks is not null || !study.AsksForBoxes;
        var bounds = target.Mask.Bounds();
        var prompt = isClick && new RobotUser(target.Mask, target.Ignored).Next(null) is { } click
            ? new Prompt { Points = [click] }
            : Prompt.InBox(bounds.X, bounds.Y, bounds.Right, bounds.Bottom);
        var asksForSeveral = isClick && study.Clicks is { } clicks && (clicks.IsFirstMultimask ?? segmenter.PrefersReadingsOfOneClick);
        var answer = segmenter.Decode(embedding, prompt, asksForSeveral, cancellationToken: cancellationToken).MaxBy(p => p.PredictedIou)
            ?? throw new InvalidOperationException($"{segmenter.Name} gave no mask.");
        var found = answer.Mask.ToBinaryMask();
        var title = FormattableString.Invariant($"{(isClick ? "one click" : "box")}: IoU {PromptStudy.Iou(found, target):0.000}");
        return new WorstCase(model, title, $"{sample.Image.Set}: {Path.GetFileName(sample.Image.Path)}", CasePicture.Of(image, target.Mask, found, prompt));
    }

    private List<TimedAnswer> Measure(PromptSample sample, TimedSegmenter segmenter, TimedGenerator? generator, CancellationToken cancellationToken)
    {
        var image = ImageReader.Read(sample.Image.Path, cancellationToken: cancellationToken);
        var all = sample.Image.ReadObjects(cancellationToken);
        var objects = sample.Objects.Select(position => all[position]).ToList();
        CheckSizes(sample, image, objects);
        segmenter.Forget();
        var answers = PromptStudy.Measure(image, [.. objects.Select(o => o.Target)], segmenter, generator, study, cancellationToken);
        var (click, box) = (Mean(segmenter.Prompts.Where(p => !p.IsBox)), Mean(segmenter.Prompts.Where(p => p.IsBox)));
        return
        [
            .. answers.Select((answer, i) => new TimedAnswer(answer, objects[i].Target.Mask.Area(), objects[i].Class)
            {
                Encode = i == 0 ? segmenter.Encoding.TotalMilliseconds : double.NaN,
                Click = i == 0 ? click : double.NaN,
                Box = i == 0 ? box : double.NaN,
                Everything = i == 0 ? generator?.Generating.TotalMilliseconds ?? double.NaN : double.NaN,
            }),
        ];
    }

    private static void CheckSizes(PromptSample sample, RgbImage image, List<PromptObject> objects)
    {
        if (objects.Find(o => o.Target.Mask.Size != image.Size) is { } other)
        {
            throw new InvalidAnnotationException(sample.Image.Path, null, $"the image is {image.Size}, but its labels are {other.Target.Mask.Size}");
        }
    }

    private static double Mean(IEnumerable<(bool IsBox, TimeSpan Time)> prompts) => prompts.Select(p => p.Time.TotalMilliseconds).DefaultIfEmpty(double.NaN).Average();
}
