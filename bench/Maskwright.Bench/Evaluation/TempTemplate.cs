#pragma warning disable
using System.Globalization;
using Maskwright.Networks.Classic;
namespace Maskwright.Bench.Evaluation;
internal static class TempTemplate
{
    public static void Run(PromptEvaluationOptions options)
    {
        const int N = 8;
        var random = new Random(options.Seed);
        var rows = LabelledImage.ReadPool(options.MasksFolder, options.Pool).GroupBy(r => r.Set).SelectMany(set => set.OrderBy(_ => random.Next()).Take(options.ImagesPerSet)).ToList();
        var mean = new double[N, N]; var sets = 0;
        foreach (var set in rows.GroupBy(r => r.Set))
        {
            if (set.Key is "cracks" or "roads") continue;
            var sum = new double[N, N]; var count = 0;
            foreach (var t in set.SelectMany(r => r.ReadObjects().OrderBy(_ => random.Next()).Take(20)))
            {
                var b = t.Bounds(); if (b.Width < N || b.Height < N) continue; count++;
                for (var j = 0; j < N; j++) for (var i = 0; i < N; i++)
                { int n = 0, s = 0; for (var y = b.Y + j * b.Height / N; y < b.Y + (j + 1) * b.Height / N; y++) for (var x = b.X + i * b.Width / N; x < b.X + (i + 1) * b.Width / N; x++) { n++; s += t[x, y] ? 1 : 0; } sum[j, i] += s / (double)n; }
            }
            sets++; for (var k = 0; k < N * N; k++) mean[k / N, k % N] += sum[k / N, k % N] / count;
        }
        for (var j = 0; j < N; j++) Console.WriteLine(string.Join(", ", Enumerable.Range(0, N).Select(i => (mean[j, i] / sets).ToString("0.00", CultureInfo.InvariantCulture))));
    }
}
