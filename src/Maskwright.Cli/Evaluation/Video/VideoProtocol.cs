using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Formats.Images;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Evaluation.Video;

/// <summary>J and F of the objects of videos, as DAVIS measures them.</summary>
/// <param name="sequences">The sequences, each with its frames in order.</param>
/// <param name="names">What the predictions are called.</param>
/// <param name="withEnds">Whether the first frame, given in the semi-supervised task, and the last one count.</param>
/// <param name="omissions">Told of sequences that cannot be measured.</param>
internal sealed class VideoProtocol(IReadOnlyList<(string Name, IReadOnlyList<PairedFile> Frames)> sequences, IReadOnlyList<string> names, bool withEnds, Omissions omissions)
{
    private const string Overall = "overall", BySequence = "sequence", All = "all objects";

    private static readonly Measure[] s_measures =
    [
        new("J&F", "mean of J and F, the protocol's main number"),
        new("J mean", "region similarity: IoU, mean over frames"), new("J recall", "share of frames with an IoU above .5"), new("J decay", "IoU lost from the first quarter to the last") { MoreIsBetter = false },
        new("F mean", "contour accuracy, mean over frames"), new("F recall", "share of frames with an F above .5"), new("F decay", "F lost from the first quarter to the last") { MoreIsBetter = false },
    ];

    private readonly List<(string Name, IReadOnlyList<PairedFile> Frames, int[] Labels, VideoObjectMeasure[][] Objects)> _measured = [];

    public string? ImageFolder { get; init; }

    /// <summary>Measures all sequences.</summary>
    public EvaluationOutcome Outcome(IReadOnlyList<(string Name, string Value)> described, CancellationToken cancellationToken)
    {
        foreach (var (name, frames) in sequences)
        {
            cancellationToken.ThrowIfCancellationRequested();
            omissions.Try(() => Measure(name, frames, cancellationToken));
        }

        if (_measured.Count == 0)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, "there is no sequence with an object to measure");
        }

        var means = Enumerable.Range(0, names.Count).Select(Means).ToList();
        var layout = new ScoreLayout([new ScoreTable(Overall, s_measures, means[0].Rows(Overall)), new ScoreTable(BySequence, s_measures, means[0].Rows(BySequence))]);
        var objects = _measured.Sum(sequence => sequence.Labels.Length);
        return new EvaluationOutcome
        {
            Protocol = "video",
            Title = $"Video objects: {string.Join(", ", names)} on {objects} objects of {_measured.Count} sequences",
            Layout = layout,
            Models = [.. names.Select((name, i) => new EvaluatedModel(name, weights => means[i].Means(layout, weights)))],
            ItemName = "sequences",
            ItemCount = _measured.Count,
            ItemNames = [.. _measured.Select(sequence => sequence.Name)],
            Plots = sheet => [.. ScorePlots.Bars(sheet, BySequence, ["J&F", "J mean", "F mean"]), Time("J", o => o.RegionByFrame), Time("F", o => o.ContourByFrame)],
            WorstCases = count => [.. Enumerable.Range(0, names.Count).SelectMany(model => Worst(model, count, cancellationToken))],
            Settings = [.. described, ("frames", withEnds ? "all" : "without the first, which is given, and the last"), ("contours", "agree within .008 of the diagonal")],
            Items = Items(),
        };
    }

    private void Measure(string name, IReadOnlyList<PairedFile> all, CancellationToken cancellationToken)
    {
        var frames = withEnds ? all : [.. all.Skip(1).SkipLast(1)];
        if (frames.Count == 0)
        {
            throw new InvalidAnnotationException(name, null, $"has {all.Count} frames; without the first and the last none is left (--all-frames counts them)");
        }

        var truth = frames.Select(frame => MaskImageReader.ReadLabels(frame.Truth, cancellationToken: cancellationToken)).ToList();
        int[] labels = [.. truth.SelectMany(map => map.Labels.ToArray().Distinct()).Distinct().Where(label => label != 0).Order()];
        if (labels.Length == 0)
        {
            throw new InvalidAnnotationException(name, null, "the ground truth of the sequence holds no object");
        }

        var measures = new VideoObjectMeasure[names.Count][];
        for (var model = 0; model < names.Count; model++)
        {
            var found = frames.Select((frame, i) => Sized(frame.Predictions[model], MaskImageReader.ReadLabels(frame.Predictions[model], cancellationToken: cancellationToken), truth[i])).ToList();
            measures[model] = [.. labels.Select(label => VideoObjectMeasure.Of([.. found.Select(map => Object(map, label, labels))], [.. truth.Select(map => Object(map, label, labels))]))];
        }

        _measured.Add((name, frames, labels, measures));
    }

    private static LabelMap Sized(string path, LabelMap found, LabelMap wanted) => found.Size == wanted.Size
        ? found
        : throw new InvalidAnnotationException(path, null, $"is {found.Size}, but the ground truth of the frame is {wanted.Size}");

    // Where a sequence has one object, any number stands for it: some tools write 1, some 255.
    private static BinaryMask Object(LabelMap map, int label, int[] labels) => labels.Length == 1 ? Masks.MaskPairScores.Inside(map) : LabelObjects.MaskOf(map, label);

    private GroupedMeans Means(int model)
    {
        var means = new GroupedMeans(s_measures, _measured.Count);
        for (var i = 0; i < _measured.Count; i++)
        {
            foreach (var o in _measured[i].Objects[model])
            {
                means.Add(i, [(Overall, All), (BySequence, _measured[i].Name)], [o.RegionAndContour, o.Region.Mean, o.Region.Recall, o.Region.Decay, o.Contour.Mean, o.Contour.Recall, o.Contour.Decay]);
            }
        }

        return means;
    }

    private LinePlot Time(string name, Func<VideoObjectMeasure, IReadOnlyList<double>> values)
    {
        const int steps = 20;
        List<(double X, double Y)> Curve(int model)
        {
            var objects = _measured.SelectMany(sequence => sequence.Objects[model]).Select(values).ToList();
            return [.. Enumerable.Range(0, steps + 1).Select(s => (s / (double)steps, objects.Average(o => o[(int)Math.Round(s / (double)steps * (o.Count - 1))])))];
        }

        return new LinePlot($"{name} along the video", "Mean over all objects, each video stretched to the same length.", PlotAxis.Share("part of the video"), PlotAxis.Share(name), [.. names.Select((_, model) => new PlotSeries(null, model, Curve(model)))]);
    }

    // The worst frame of each object, the worst objects first.
    private IEnumerable<WorstCase> Worst(int model, int count, CancellationToken cancellationToken) => _measured
        .SelectMany(sequence => sequence.Objects[model].Select((o, k) => (Sequence: sequence, Object: k, Frame: Enumerable.Range(0, o.RegionByFrame.Count).MinBy(f => o.RegionByFrame[f]), o.Region.Mean)))
        .OrderBy(item => item.Mean)
        .Take(count)
        .Select(item =>
        {
            var (sequence, frame) = (item.Sequence, item.Sequence.Frames[item.Frame]);
            var wanted = Object(MaskImageReader.ReadLabels(frame.Truth, cancellationToken: cancellationToken), sequence.Labels[item.Object], sequence.Labels);
            var found = Object(MaskImageReader.ReadLabels(frame.Predictions[model], cancellationToken: cancellationToken), sequence.Labels[item.Object], sequence.Labels);
            var j = sequence.Objects[model][item.Object].RegionByFrame[item.Frame];
            return new WorstCase(names[model], FormattableString.Invariant($"J {j:0.000} (object's mean {item.Mean:0.000})"), $"{frame.Name}, object {sequence.Labels[item.Object]}", CasePicture.Of(CaseImages.Find(ImageFolder, frame.Name, wanted.Size), wanted, found));
        });

    private JsonArray Items() => new([.. _measured.SelectMany(sequence => names.SelectMany((name, model) => sequence.Objects[model].Select((o, k) => (JsonNode)new JsonObject
    {
        ["sequence"] = sequence.Name, ["model"] = name, ["object"] = sequence.Labels[k],
        ["j"] = new JsonArray([.. o.RegionByFrame.Select(v => (JsonNode)v)]), ["f"] = new JsonArray([.. o.ContourByFrame.Select(v => (JsonNode)v)]),
    })))]);
}
