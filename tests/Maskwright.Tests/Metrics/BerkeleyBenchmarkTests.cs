using System.Diagnostics;
using System.Globalization;
using Maskwright.Formats.Bsds;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Metrics;

public sealed class BerkeleyBenchmarkTests(ITestOutputHelper output)
{
    // The reference prints six digits. Its own two runs on the same boundaries differ by up to 0.0005 (tests 3 and 4), since its matching is random.
    private const double Printed = 1.0e-6;
    private const double Random = 1.5e-3;

    private static readonly string[] s_names = ["2018", "3063", "5096", "6046", "8068"];

    [Fact]
    [Trait("Kind", "parity")]
    public void Contour_hierarchies_give_the_official_region_measures()
    {
        var benchmark = new RegionBenchmark(BoundaryBenchmark.EvenThresholds(5));
        foreach (var name in s_names)
        {
            var contours = BsdsReader.ReadContours(File("ucm2", name));
            benchmark.Add(RegionBenchmark.Measure([.. benchmark.Thresholds.Select(contours.Regions)], [.. Truth(name).Select(a => a.Regions)]));
        }

        AssertRegions(benchmark, "test_1");
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Lists_of_segmentations_give_the_official_region_measures()
    {
        var benchmark = new RegionBenchmark([1, 2, 3, 4, 5]);
        foreach (var name in s_names)
        {
            benchmark.Add(RegionBenchmark.Measure(BsdsReader.ReadSegmentations(File("segs", name)), [.. Truth(name).Select(a => a.Regions)]));
        }

        AssertRegions(benchmark, "test_5");
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Contour_hierarchies_give_the_official_boundary_measures()
    {
        var watch = Stopwatch.StartNew();
        var benchmark = new BoundaryBenchmark(BoundaryBenchmark.EvenThresholds(5));
        foreach (var name in s_names)
        {
            var contours = BsdsReader.ReadContours(File("ucm2", name));
            benchmark.Add(BoundaryBenchmark.Measure([.. benchmark.Thresholds.Select(contours.Boundaries)], [.. Truth(name).Select(a => a.Boundaries)]));
        }

        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s");
        AssertBoundaries(benchmark, "test_1");
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Lists_of_segmentations_give_the_official_boundary_measures()
    {
        var benchmark = new BoundaryBenchmark([1, 2, 3, 4, 5]);
        foreach (var name in s_names)
        {
            var boundaries = BsdsReader.ReadSegmentations(File("segs", name)).Select(BoundaryBenchmark.BoundariesOf);
            benchmark.Add(BoundaryBenchmark.Measure([.. boundaries], [.. Truth(name).Select(a => a.Boundaries)]));
        }

        AssertBoundaries(benchmark, "test_4");
    }

    [Fact]
    public void Pixels_find_partners_one_to_one_and_only_within_reach()
    {
        var first = AsciiMask.Parse("""
            ##........
            ..........
            .........#
            """);
        var second = AsciiMask.Parse("""
            ..........
            #.........
            .....#....
            """);

        var (a, b) = BoundaryMatching.Match(first, second, 0.2);

        Assert.True(a[0, 0] && !a[1, 0] && !a[9, 2]);
        Assert.Equal(1, a.Area());
        Assert.True(b[0, 1]);
        Assert.Equal(1, b.Area());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Sparse_assignments_are_as_good_as_trying_every_one()
    {
        var random = new Random(11);
        for (var trial = 0; trial < 300; trial++)
        {
            var (rows, columns) = (random.Next(1, 6), random.Next(1, 6));
            var costs = new int[rows, columns];
            var (first, ends, prices) = (new List<int> { 0 }, new List<int>(), new List<int>());
            for (var r = 0; r < rows; r++)
            {
                for (var c = 0; c < columns; c++)
                {
                    costs[r, c] = random.Next(3) == 0 ? -1 : random.Next(20);
                    if (costs[r, c] >= 0)
                    {
                        ends.Add(c);
                        prices.Add(costs[r, c]);
                    }
                }

                first.Add(ends.Count);
            }

            var assigned = new SparseAssignment([.. first], [.. ends], [.. prices], columns, 15).Solve();

            Assert.Equal(Cheapest(costs, 0, 0), assigned.Select((c, r) => c < 0 ? 15 : costs[r, c]).Sum());
            Assert.Equal(assigned.Count(c => c >= 0), assigned.Where(c => c >= 0).Distinct().Count());
        }
    }

    [Fact]
    public void Damaged_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        var bytes = System.IO.File.ReadAllBytes(File("segs", "2018"));
        foreach (var length in (int[])[0, 100, 130, 140, 1000, bytes.Length / 2])
        {
            var path = folder.File("t.mat");
            System.IO.File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidAnnotationException>(() => BsdsReader.ReadSegmentations(path));
        }

        Assert.Throws<InvalidAnnotationException>(() => BsdsReader.ReadContours(File("segs", "2018")));
    }

    [Fact]
    public void A_region_twice_divided_differs_by_one_bit()
    {
        var size = new ImageSize(4, 1);

        var agreement = new RegionAgreement(new LabelMap(size, [1, 1, 1, 1]), new LabelMap(size, [1, 1, 2, 2]));

        Assert.Equal(1, agreement.VariationOfInformation, 12);
        Assert.Equal(1.0 / 3, agreement.RandIndex, 12);
        Assert.Equal(.5, agreement.Covering, 12);
    }

    private static int Cheapest(int[,] costs, int row, int used) => row == costs.GetLength(0)
        ? 0
        : Enumerable.Range(0, costs.GetLength(1))
            .Where(c => costs[row, c] >= 0 && (used >> c & 1) == 0)
            .Select(c => costs[row, c] + Cheapest(costs, row + 1, used | (1 << c)))
            .Append(15 + Cheapest(costs, row + 1, used))
            .Min();

    private static int BestOf(IReadOnlyList<double> values) => Enumerable.Range(0, values.Count).MaxBy(i => values[i]);

    private static string File(string kind, string name) => Goldens.Data("metrics", "bsds-quick", kind, name + ".mat");

    private static IReadOnlyList<BsdsAnnotation> Truth(string name) => BsdsReader.ReadGroundTruth(File("groundTruth", name));

    private static double[][] Table(string test, string file) =>
    [
        .. System.IO.File.ReadLines(Goldens.Data("metrics", "bsds-quick", test, file))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray()),
    ];

    private void AssertBoundaries(BoundaryBenchmark benchmark, string test)
    {
        var (dataset, image) = (benchmark.OptimalDatasetScale, benchmark.OptimalImageScale);
        double[] main = [dataset.Threshold, dataset.Recall, dataset.Precision, dataset.F, image.Recall, image.Precision, image.F, benchmark.AveragePrecision];
        AssertNear(Table(test, "eval_bdry.txt")[0], main, Random);
        var byThreshold = Table(test, "eval_bdry_thr.txt");
        for (var t = 0; t < byThreshold.Length; t++)
        {
            var counts = benchmark.Totals[t];
            AssertNear(byThreshold[t], [benchmark.Thresholds[t], counts.Recall, counts.Precision, counts.F], Random);
        }

        var byImage = Table(test, "eval_bdry_img.txt");
        for (var i = 0; i < byImage.Length; i++)
        {
            var score = benchmark.ImageScores[i];
            AssertNear(byImage[i], [i + 1, score.Threshold, score.Recall, score.Precision, score.F], Random);
        }
    }

    private void AssertRegions(RegionBenchmark benchmark, string test)
    {
        AssertNear(Table(test, "eval_cover.txt")[0], [benchmark.Covering.Threshold, benchmark.Covering.Dataset, benchmark.Covering.Image, benchmark.BestCovering], Printed);
        var (rand, variation) = (benchmark.RandIndex, benchmark.VariationOfInformation);
        AssertNear(Table(test, "eval_RI_VOI.txt")[0], [rand.Threshold, rand.Dataset, rand.Image, variation.Threshold, variation.Dataset, variation.Image], 5 * Printed);
        AssertNear([.. Table(test, "eval_cover_th.txt").Select(row => row[1])], benchmark.CoveringByThreshold, Printed);
        AssertNear([.. Table(test, "eval_RI_VOI_thr.txt").Select(row => row[1])], benchmark.RandIndexByThreshold, Printed);
        AssertNear([.. Table(test, "eval_RI_VOI_thr.txt").Select(row => row[2])], benchmark.VariationOfInformationByThreshold, 6 * Printed);
        AssertNear([.. Table(test, "eval_cover_img.txt").Select(row => row[2])], [.. benchmark.Images.Select(i => i.Covering.Max())], Printed);
        AssertNear([.. Table(test, "eval_cover_img.txt").Select(row => row[3])], [.. benchmark.Images.Select(i => i.CoveredByTruth[BestOf(i.Covering)])], 5 * Printed);
    }

    private void AssertNear(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        output.WriteLine(string.Join("  ", expected.Zip(actual, (e, a) => $"{e} {a - e:+0.000000;-0.000000}")));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
