#pragma warning disable CA1861
using System.Globalization;
using Maskwright.Networks.Classic;

namespace Maskwright.Bench.Evaluation;

internal static class TempSearch
{
    public static void Run(PromptEvaluationOptions options, string file)
    {
        var random = new Random(options.Seed);
        var rows = LabelledImage.ReadPool(options.MasksFolder, options.Pool)
            .GroupBy(r => r.Set).SelectMany(set => set.OrderBy(_ => random.Next()).Take(options.ImagesPerSet)).ToList();
        var costs = File.ReadLines(file).Select(l => l.Split(',').Select(v => float.Parse(v, CultureInfo.InvariantCulture)).ToArray()).Select(v => new MergeCost(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8])).ToList();
        var scores = costs.Select(_ => new Dictionary<string, List<double>>()).ToList();
        foreach (var row in rows)
        {
            using var embedding = ClassicEmbedding.Of(row.ReadImage(), new ClassicOptions(), CancellationToken.None);
            var targets = row.ReadObjects().OrderBy(_ => random.Next()).Take(options.ObjectsPerImage).ToList();
            Parallel.For(0, costs.Count, i =>
            {
                var tree = RegionMerging.Build(embedding.Graph, costs[i], CancellationToken.None);
                scores[i].TryAdd(row.Set, []);
                foreach (var t in targets)
                {
                    var truth = TreeTruth.Count(embedding, tree, t);
                    scores[i][row.Set].Add(Enumerable.Range(0, truth.Total.Length).Max(truth.Iou));
                }
            });
        }

        for (var i = 0; i < costs.Count; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * scores[i].Values.Average(v => v.Average()):0.00} nat {100 * new[] { "bsds500", "photos", "davis", "parts", "clothing", "street" }.Average(s => scores[i].TryGetValue(s, out var v) ? v.Average() : 0):0.00} {costs[i]}"));
        }
    }
}
