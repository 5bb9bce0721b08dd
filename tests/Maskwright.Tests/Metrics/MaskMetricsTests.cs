using System.Text.Json;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Metrics;

public sealed class MaskMetricsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [Trait("Kind", "parity")]
    public void Overlaps_and_surface_distances_are_those_of_the_reference(int pair)
    {
        var golden = GoldenCase.Open("metrics", "mask_metrics");
        var expected = golden.Outputs.GetProperty("pairs")[pair];
        var (a, b) = (golden.Output($"a{pair}").Masks()[0], golden.Output($"b{pair}").Masks()[0]);

        var overlap = MaskOverlap.Of(a, b);
        var surfaces = SurfaceDistances.Of(a, b);

        Assert.Equal(overlap, MaskOverlap.Of(RunLengthMask.FromMask(a), RunLengthMask.FromMask(b)));
        AssertNear(expected, "iou", overlap.Iou);
        AssertNear(expected, "dice", overlap.Dice);
        AssertNear(expected, "hd_surface", surfaces.Hausdorff);
        AssertNear(expected, "hd95_max", surfaces.Hausdorff95);
        AssertNear(expected, "hd95_pooled", surfaces.PooledHausdorff95);
        AssertNear(expected, "assd", surfaces.Average);
        AssertNear(expected, "masd_ab", surfaces.MeanFirstToSecond);
        AssertNear(expected, "masd_ba", surfaces.MeanSecondToFirst);
        for (var tolerance = 0; tolerance <= 3; tolerance++)
        {
            AssertNear(expected, $"boundary_f_tol{tolerance}", surfaces.BoundaryF(tolerance));
        }
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Semantic_measures_are_those_of_the_reference()
    {
        var golden = GoldenCase.Open("metrics", "mask_metrics");
        var expected = golden.Outputs.GetProperty("semantic");
        var matrix = new ConfusionMatrix(5);

        matrix.Add(Map(golden.Output("sem_gt")), Map(golden.Output("sem_pred")));

        for (var t = 0; t < 5; t++)
        {
            Assert.Equal(expected.GetProperty("iou")[t].GetDouble(), matrix.Iou(t), 1e-12);
            for (var p = 0; p < 5; p++)
            {
                Assert.Equal(expected.GetProperty("confusion_gt_rows")[t][p].GetInt64(), matrix[t, p]);
            }
        }

        AssertNear(expected, "miou", matrix.MeanIou);
        AssertNear(expected, "pixel_acc", matrix.PixelAccuracy);
        AssertNear(expected, "mean_acc", matrix.MeanClassAccuracy);
        AssertNear(expected, "fwiou", matrix.FrequencyWeightedIou);
    }

    [Fact]
    public void Pixels_predicted_as_no_class_are_wrong_and_absent_classes_do_not_count()
    {
        var matrix = new ConfusionMatrix(3);
        var size = new ImageSize(4, 1);

        matrix.Add(new LabelMap(size, [0, 0, 1, 255]), new LabelMap(size, [0, 255, 1, 2]));

        Assert.Equal(2.0 / 3, matrix.PixelAccuracy, 12);
        Assert.Equal(.75, matrix.MeanIou, 12);
        Assert.True(double.IsNaN(matrix.Iou(2)));
        Assert.Throws<ArgumentException>(() => matrix.Add(new LabelMap(size, [0, 0, 1, 7]), new LabelMap(size, [0, 0, 0, 0])));
    }

    [Fact]
    public void Spacing_stretches_each_axis_by_its_own()
    {
        var (first, second) = (Single(10, 10, 2, 3), Single(10, 10, 6, 6));

        Assert.Equal(5, SurfaceDistances.Of(first, second).Hausdorff, 12);
        Assert.Equal(Math.Sqrt((4 * 4 * 0.25) + (3 * 3 * 4)), SurfaceDistances.Of(first, second, new VoxelSpacing(0.5, 2)).Hausdorff, 12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Volumes_with_spacing_agree_with_trying_every_pair_of_voxels()
    {
        var random = new Random(7);
        var spacing = new VoxelSpacing(0.7, 1.3, 2.5);
        BinaryMask[] a = [.. Enumerable.Range(0, 5).Select(_ => Noise(random, 70, 9))];
        BinaryMask[] b = [.. Enumerable.Range(0, 5).Select(_ => Noise(random, 70, 9))];

        var measured = SurfaceDistances.OfVolumes(a, b, spacing);

        var (fromA, fromB) = (Surface(a), Surface(b));
        double Nearest((int X, int Y, int Z) p, List<(int X, int Y, int Z)> others) => others.Min(q =>
            Math.Sqrt(Math.Pow((p.X - q.X) * spacing.X, 2) + Math.Pow((p.Y - q.Y) * spacing.Y, 2) + Math.Pow((p.Z - q.Z) * spacing.Z, 2)));
        double[] expected = [.. fromA.Select(p => Nearest(p, fromB)).Order()];
        Assert.Equal(expected.Length, measured.FirstToSecond.Length);
        Assert.All(expected.Zip(measured.FirstToSecond.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Empty_masks_are_perfect_together_and_infinitely_far_from_others()
    {
        var (empty, dot) = (new BinaryMask(8, 8), Single(8, 8, 2, 2));

        Assert.Equal(0, SurfaceDistances.Of(empty, empty).Hausdorff);
        Assert.Equal(1, SurfaceDistances.Of(empty, empty).NormalisedSurfaceDistance(0));
        Assert.Equal(double.PositiveInfinity, SurfaceDistances.Of(empty, dot).Hausdorff95);
        Assert.Equal(double.PositiveInfinity, SurfaceDistances.Of(dot, empty).Hausdorff);
        Assert.Equal(double.PositiveInfinity, SurfaceDistances.Of(dot, empty).Average);
        Assert.Equal(0, SurfaceDistances.Of(dot, empty).BoundaryF(3));
        Assert.Equal((1, 0, 0), (MaskOverlap.Of(empty, empty).Iou, MaskOverlap.Of(empty, dot).Precision, MaskOverlap.Of(dot, empty).Recall));
        Assert.Equal(1, BoundaryMeasure.Of(empty, empty).F);
        Assert.Equal(0, BoundaryMeasure.Of(empty, dot).F);
    }

    [Fact]
    public void A_boundary_band_is_what_an_erosion_by_a_square_takes_away()
    {
        var random = new Random(3);
        var mask = new BinaryMask(70, 40);
        for (var y = 0; y < 40; y++)
        {
            for (var x = 0; x < 70; x++)
            {
                mask[x, y] = random.Next(40) != 0;
            }
        }

        var band = BoundaryIou.Band(mask, 2);

        var expected = mask.Clone();
        for (var y = 2; y < 38; y++)
        {
            for (var x = 2; x < 68; x++)
            {
                var isDeep = Enumerable.Range(0, 25).All(i => mask[x - 2 + (i % 5), y - 2 + (i / 5)]);
                expected[x, y] = mask[x, y] && !isDeep;
            }
        }

        AsciiMask.Equal(expected, band);
        Assert.Equal(1, BoundaryIou.Of(mask, mask));
    }

    [Fact]
    public void Contours_within_the_tolerance_agree()
    {
        var (a, b) = (new BinaryMask(100, 100), new BinaryMask(100, 100));
        for (var i = 0; i < 400; i++)
        {
            (a[20 + (i % 20), 20 + (i / 20)], b[22 + (i % 20), 20 + (i / 20)]) = (true, true);
        }

        Assert.Equal(1, BoundaryMeasure.Of(a, b).F);
        Assert.True(BoundaryMeasure.Of(a, b, 1).F < .8);
        var video = VideoObjectMeasure.Of([a, a, a, b], [a, a, a, a]);
        Assert.Equal((3 + (360.0 / 440)) / 4, video.Region.Mean, 12);
        Assert.Equal(1, video.Region.Recall);
        Assert.Equal((1 - (360.0 / 440)) / 2, video.Region.Decay, 12);
    }

    private static LabelMap Map(GoldenArray array) => new(new ImageSize(array.Shape[1], array.Shape[0]), [.. array.Values<byte>().Select(v => (int)v)]);

    private static BinaryMask Single(int width, int height, int x, int y) => new(width, height) { [x, y] = true };

    private static BinaryMask Noise(Random random, int width, int height)
    {
        var mask = new BinaryMask(width, height);
        for (var i = 0; i < 60; i++)
        {
            mask[random.Next(width), random.Next(height)] = true;
        }

        return mask;
    }

    private static List<(int X, int Y, int Z)> Surface(BinaryMask[] slices)
    {
        bool Inside(int x, int y, int z) => z >= 0 && z < slices.Length && y >= 0 && y < slices[0].Height && x >= 0 && x < slices[0].Width && slices[z][x, y];
        return
        [
            .. from z in Enumerable.Range(0, slices.Length)
               from y in Enumerable.Range(0, slices[0].Height)
               from x in Enumerable.Range(0, slices[0].Width)
               where Inside(x, y, z) && !(Inside(x - 1, y, z) && Inside(x + 1, y, z) && Inside(x, y - 1, z) && Inside(x, y + 1, z) && Inside(x, y, z - 1) && Inside(x, y, z + 1))
               select (x, y, z),
        ];
    }

    private static void AssertNear(JsonElement expected, string name, double actual) => Assert.Equal(expected.GetProperty(name).GetDouble(), actual, 1e-12);
}
