using System.Diagnostics;
using System.Globalization;
using Maskwright.Masks;
using Maskwright.Segmentation;
using Spectre.Console;

namespace Maskwright.Bench.Evaluation;

/// <summary>How well a segmenter answers a click, a box and "everything", set by set.</summary>
internal sealed class PromptEvaluation(IPromptSegmenter segmenter, IMaskGenerator? generator, PromptEvaluationOptions options)
{
    private static readonly double[] Thresholds = [.. Enumerable.Range(0, 10).Select(i => 0.5 + (0.05 * i))];
    private static readonly int[] ProposalCounts = [10, 100, 1000];

    /// <summary>Measures and prints a table.</summary>
    public void Run()
    {
        var rows = LabelledImage.ReadPool(options.MasksFolder, options.Pool);
        var sets = rows.Select(r => r.Set).Distinct().Where(s => options.Sets.Count == 0 || options.Sets.Contains(s));
        var scores = sets.Select(set => (Set: set, Scores: Measure([.. rows.Where(r => r.Set == set)]))).ToList();
        Print(scores);
    }

    private static void Print(List<(string Set, Dictionary<string, List<double>> Scores)> scores)
    {
        string[] columns = [.. scores.SelectMany(s => s.Scores.Keys).Distinct()];
        var table = new Table().AddColumn("set").AddColumn("objects");
        table.Border = TableBorder.Markdown;
        columns.ToList().ForEach(c => table.AddColumn(c));
        foreach (var (set, values) in scores)
        {
            var objects = values.Values.Max(v => v.Count).ToString(CultureInfo.InvariantCulture);
            table.AddRow([set, objects, .. columns.Select(c => Text(c, values.GetValueOrDefault(c)?.Average() ?? double.NaN))]);
        }

        table.AddRow(["mean of sets", "", .. columns.Select(c => Text(c, scores.Average(s => s.Scores.GetValueOrDefault(c)?.Average() ?? double.NaN)))]);
        AnsiConsole.Profile.Width = 220;
        AnsiConsole.Write(table);
    }

    private static string Text(string column, double value) =>
        (column.EndsWith("ms", StringComparison.Ordinal) ? value : 100 * value).ToString("0.0", CultureInfo.InvariantCulture);

    private Dictionary<string, List<double>> Measure(IReadOnlyList<LabelledImage> rows)
    {
        var random = new Random(options.Seed);
        var scores = new Dictionary<string, List<double>>();
        foreach (var row in rows.OrderBy(_ => random.Next()).Take(options.ImagesPerSet))
        {
            var objects = row.ReadObjects().OrderBy(_ => random.Next()).Take(options.ObjectsPerImage).ToList();
            if (objects.Count > 0)
            {
                Measure(row, objects, scores);
            }
        }

        return scores;
    }

    private void Measure(LabelledImage row, List<BinaryMask> objects, Dictionary<string, List<double>> scores)
    {
        var image = row.ReadImage();
        using var embedding = Timed("encode ms", () => segmenter.Encode(image));
        foreach (var target in objects)
        {
            var point = MaskGeometry.InteriorPoint(target);
            var click = Prompt.Point(point.X, point.Y);
            Add("click", Best(Timed("click ms", () => segmenter.Decode(embedding, click, multimask: false)), target));
            Add("click, best of 3", Best(segmenter.Decode(embedding, click, multimask: true), target));
            var bounds = target.Bounds();
            var box = Prompt.InBox(bounds.X, bounds.Y, bounds.Right, bounds.Bottom);
            Add("box", Best(Timed("box ms", () => segmenter.Decode(embedding, box, multimask: false)), target));
        }

        if (generator is not null)
        {
            var proposals = Timed("everything ms", () => generator.Generate(image)).Proposals;
            AddRecalls([.. proposals.Select(p => p.Mask.ToBinaryMask())], objects);
        }

        void Add(string name, double value)
        {
            scores.TryAdd(name, []);
            scores[name].Add(value);
        }

        T Timed<T>(string name, Func<T> work)
        {
            var watch = Stopwatch.StartNew();
            var result = work();
            Add(name, watch.Elapsed.TotalMilliseconds);
            return result;
        }

        void AddRecalls(BinaryMask[] proposals, List<BinaryMask> targets)
        {
            foreach (var target in targets)
            {
                var ious = proposals.Select(p => MaskGeometry.Iou(p, target)).ToList();
                foreach (var count in ProposalCounts.Where(n => n <= options.MaxProposals))
                {
                    var best = ious.Take(count).DefaultIfEmpty(0).Max();
                    Add($"AR@{count}", Thresholds.Count(t => best >= t) / (double)Thresholds.Length);
                }
            }
        }
    }

    private static double Best(IReadOnlyList<MaskProposal> answers, BinaryMask target) =>
        answers.Max(answer => MaskGeometry.Iou(answer.Mask.ToBinaryMask(), target));
}
