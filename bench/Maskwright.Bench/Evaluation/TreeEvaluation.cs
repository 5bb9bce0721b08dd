using System.Globalization;
using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Networks.Classic;

namespace Maskwright.Bench.Evaluation;

/// <summary>What the region hierarchy could reach at best, and samples to calibrate it with.</summary>
internal sealed class TreeEvaluation(PoolOptions options)
{
    /// <summary>Prints, set by set: leaves, IoU of the best union of leaves, of the best node of the first tree, of the best of all trees.</summary>
    public void Run()
    {
        Console.WriteLine("set          leaves  leaf-oracle  tree0  trees");
        var means = new List<double[]>();
        foreach (var set in Rows().GroupBy(r => r.Set))
        {
            var values = new List<double[]>();
            foreach (var row in set)
            {
                var image = ImageReader.Read(row.ImagePath);
                using var embedding = ClassicEmbedding.Of(image, new ClassicOptions(), CancellationToken.None);
                foreach (var target in Sampled(row))
                {
                    var truths = embedding.Trees.Select(tree => TreeTruth.Count(embedding, tree, target)).ToList();
                    var best = truths.Select(t => Enumerable.Range(0, t.Total.Length).Max(t.Iou)).ToList();
                    values.Add([embedding.LeafAreas.Length, truths[0].LeafOracle(embedding.LeafAreas.Length), best[0], best.Max()]);
                }
            }

            means.Add([.. Enumerable.Range(0, 4).Select(i => values.Average(v => v[i]))]);
            Print(set.Key, means[^1]);
        }

        Print("mean", [.. Enumerable.Range(0, 4).Select(i => means.Average(v => v[i]))]);
    }

    /// <summary>Writes merges of all trees with whether they joined two objects: <c>weight target cues...</c>.</summary>
    public void WriteMerges(string file)
    {
        using var writer = new StreamWriter(file);
        foreach (var set in Rows().GroupBy(r => r.Set))
        {
            var lines = set.SelectMany(row => Merges(row)).ToList();
            var scale = 1000 / lines.Sum(l => l.Weight);
            foreach (var (weight, target, c) in lines)
            {
                float[] cues = [c.Boundary, c.Color, c.Texture, c.LogSmallerArea, c.LogLargerArea, c.Enclosure, c.UnrestOfSmaller, c.UnrestOfLarger];
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{weight * scale:g5}\t{target:g4}\t{string.Join('\t', cues.Select(v => v.ToString("g5", CultureInfo.InvariantCulture)))}"));
            }
        }
    }

    /// <summary>Fits the tables from which regions and clicked regions get their predicted IoU.</summary>
    public void FitQuality()
    {
        var regions = new List<QualitySample>();
        var clicks = new List<QualitySample>();
        foreach (var set in Rows().GroupBy(r => r.Set))
        {
            var ofSet = set.Select(Samples).ToList();
            regions.AddRange(Weighted(ofSet.SelectMany(s => s.Regions)));
            clicks.AddRange(Weighted(ofSet.SelectMany(s => s.Clicks)));
        }

        new QualityFit(regions).Print("OfRegions");
        new QualityFit(clicks).Print("OfClickedRegions");
    }

    private static IEnumerable<QualitySample> Weighted(IEnumerable<QualitySample> samples)
    {
        var list = samples.ToList();
        var total = list.Sum(s => s.Weight);
        return list.Select(s => s with { Weight = s.Weight / total });
    }

    private (List<QualitySample> Regions, List<QualitySample> Clicks) Samples(LabelledImage row)
    {
        using var embedding = ClassicEmbedding.Of(ImageReader.Read(row.ImagePath), new ClassicOptions(), CancellationToken.None);
        var imageArea = embedding.Image.Size.PixelCount;
        var targets = row.ReadObjects().Select(o => o.Target.Mask).ToList();
        var clicked = Sampled(row);
        var (regions, clicks) = (new List<QualitySample>(), new List<QualitySample>());
        var totals = TreeTruth.LeafTotals(embedding);
        var leaves = targets.Select(t => (Inside: TreeTruth.CountLeaves(embedding, t), Area: t.Area())).ToList();
        foreach (var tree in targets.Count == 0 ? [] : embedding.Trees)
        {
            var truths = leaves.Select(l => TreeTruth.Lift(tree, l.Inside, totals, l.Area)).ToList();
            for (var i = 0; i < tree.Nodes.Length; i++)
            {
                if (tree.Nodes[i].Statistics.Area < 0.0002 * imageArea || truths.Max(t => t.Share(i)) < 0.05)
                {
                    continue;
                }

                var features = new float[QualityFeatures.OfRegion];
                QualityFeatures.Measure(tree, i, features);
                regions.Add(new QualitySample(Math.Sqrt(tree.Nodes[i].Statistics.Area), truths.Max(t => t.Iou(i)), features));
            }

            clicked.ForEach(target => clicks.AddRange(ClickSamples(embedding, tree, target)));
        }

        return (regions, clicks);
    }

    private static IEnumerable<QualitySample> ClickSamples(ClassicEmbedding embedding, RegionTree tree, BinaryMask target)
    {
        var point = new RobotUser(target).Next(null) ?? throw new InvalidOperationException("A target has pixels.");
        var (x, y) = embedding.Image.Cell(point.X, point.Y);
        var truth = TreeTruth.Count(embedding, tree, target);
        var depth = new ClickDepth(ClickDepth.Nearest(embedding.Graph, x, y), tree);
        var toFrame = Math.Min(Math.Min(x, y) + 1, Math.Min(embedding.Image.Width - x, embedding.Image.Height - y));
        for (var node = embedding.Graph.Labels[(y * embedding.Image.Width) + x]; node >= 0; node = tree.Nodes[node].Parent)
        {
            var features = new float[QualityFeatures.WithClick];
            QualityFeatures.Measure(tree, node, features);
            QualityFeatures.MeasureClick(tree.Nodes[node], x, y, depth.Of(node, toFrame), features);
            yield return new QualitySample(1, truth.Iou(node), features);
        }
    }

    private static List<(double Weight, double Target, BorderCues Cues)> Merges(LabelledImage row)
    {
        using var embedding = ClassicEmbedding.Of(ImageReader.Read(row.ImagePath), new ClassicOptions(), CancellationToken.None);
        var minLogArea = -Math.Log(5000);
        var seen = new List<(int One, int Other, BorderCues Cues)>();
        var count = 0;
        var tree = RegionMerging.Build(embedding.Graph, MergeCost.All[0], CancellationToken.None, (one, other, cues) =>
        {
            if (cues.LogSmallerArea > minLogArea && count++ % 7 == 0)
            {
                seen.Add((one, other, cues));
            }
        });
        var groups = row.LabelPaths.Select(path => row.ReadObjects(path)).Where(g => g.Count > 0).Take(3).ToList();
        var truths = groups.Select(objects => objects.Select(o => TreeTruth.Count(embedding, tree, o.Target.Mask)).ToList()).ToList();
        var samples = new List<(double Weight, double Target, BorderCues Cues)>();
        foreach (var (one, other, cues) in seen)
        {
            var targets = truths.Select(t => Target(t, one, other)).Where(t => t >= 0).ToList();
            if (targets.Count > 0)
            {
                samples.Add((Math.Exp(cues.LogSmallerArea / 2), targets.Average(), cues));
            }
        }

        return samples;
    }

    /// <summary>1 when an object holds one side only, 0 when they share one; -1 when neither touches an object.</summary>
    private static double Target(List<TreeTruth> truths, int left, int right)
    {
        double difference = 0, most = 0;
        foreach (var truth in truths)
        {
            double one = truth.Share(left), other = truth.Share(right);
            difference = Math.Max(difference, Math.Abs(one - other));
            most = Math.Max(most, Math.Max(one, other));
        }

        return most < 0.3 ? -1 : difference;
    }

    private static void Print(string name, double[] v) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {v[0],6:0}  {100 * v[1],11:0.0}  {100 * v[2],5:0.0}  {100 * v[3],5:0.0}"));

    private List<LabelledImage> Rows()
    {
        var random = new Random(options.Seed);
        return LabelledImageTable.Read(Path.Combine(options.MasksFolder, options.Pool + ".tsv"))
            .Where(r => options.Sets.Count == 0 || options.Sets.Contains(r.Set))
            .GroupBy(r => r.Set).SelectMany(set => set.OrderBy(_ => random.Next()).Take(options.ImagesPerSet)).ToList();
    }

    private List<BinaryMask> Sampled(LabelledImage row)
    {
        var random = new Random(options.Seed);
        return [.. row.ReadObjects().Select(o => o.Target.Mask).OrderBy(_ => random.Next()).Take(options.ObjectsPerImage)];
    }
}
