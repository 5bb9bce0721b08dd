using System.Text.Json;
using Maskwright.Formats.Coco;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Metrics;

public sealed class PanopticQualityTests
{
    [Fact]
    [Trait("Kind", "parity")]
    public void Synthetic_scenes_give_the_numbers_of_panopticapi()
    {
        var expected = GoldenCase.Open("panoptic", "pq").Outputs;
        var quality = new PanopticQuality([Thing(1), Thing(2), Stuff(5), Stuff(9)]);

        AddAll(quality, Read("gt"), Read("pred"));

        AssertAverage(expected.GetProperty("all"), quality.All);
        AssertAverage(expected.GetProperty("things"), quality.Things);
        AssertAverage(expected.GetProperty("stuff"), quality.Stuff);
        foreach (var count in expected.GetProperty("counts").EnumerateObject())
        {
            var tally = quality.Categories[long.Parse(count.Name, null)];
            Assert.Equal(count.Value.GetProperty("tp").GetInt64(), tally.TruePositives);
            Assert.Equal(count.Value.GetProperty("fp").GetInt64(), tally.FalsePositives);
            Assert.Equal(count.Value.GetProperty("fn").GetInt64(), tally.FalseNegatives);
            Assert.Equal(count.Value.GetProperty("iou_sum").GetDouble(), tally.IouSum, 1e-12);
            Assert.Equal(expected.GetProperty("per_class").GetProperty(count.Name).GetProperty("pq").GetDouble(), tally.Quality, 1e-12);
        }
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void A_real_set_measured_against_itself_is_perfect()
    {
        var folder = Goldens.Data("metrics", "panoptic");
        var categories = CocoPanopticReader.ReadCategories(Path.Combine(folder, "panoptic_coco_categories.json"));
        var quality = new PanopticQuality(categories);
        List<PanopticImage> images = [.. CocoPanopticReader.Read(Path.Combine(folder, "panoptic_examples.json"), Path.Combine(folder, "panoptic_examples"))];

        AddAll(quality, images, [.. images.Select(i => i with { Segments = [.. i.Segments.Where(s => !s.IsCrowd)], Labels = WithoutCrowds(i) })]);

        Assert.Equal(2, images.Count);
        Assert.Equal(133, categories.Count);
        Assert.Equal(1, quality.All.Quality);
        Assert.True(quality.Things.CategoryCount > 0 && quality.Stuff.CategoryCount > 0);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        var quality = new PanopticQuality([Thing(1)]);
        var image = Image([0, 4, 4], new PanopticSegment(4, 1));

        Assert.Contains("drawn but not listed", Assert.Throws<ArgumentException>(() => quality.Add(image, Image([0, 4, 5], new PanopticSegment(4, 1)))).Message, StringComparison.Ordinal);
        Assert.Contains("listed but not drawn", Assert.Throws<ArgumentException>(() => quality.Add(image, Image([0, 0, 0], new PanopticSegment(4, 1)))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => quality.Add(image, Image([0, 4, 4], new PanopticSegment(4, 2))));
        Assert.Throws<ArgumentException>(() => quality.Add(image, Image([4, 4], new PanopticSegment(4, 1))));
        Assert.Equal(0, quality.All.CategoryCount);
    }

    private static PanopticImage Image(int[] labels, params PanopticSegment[] segments) => new(1, new LabelMap(new ImageSize(labels.Length, 1), labels), segments);

    private static TruthCategory Thing(long id) => new(id, $"{id}");

    private static TruthCategory Stuff(long id) => new(id, $"{id}") { IsThing = false };

    private static List<PanopticImage> Read(string which) => [.. CocoPanopticReader.Read(Goldens.Open("panoptic", which + ".json"), Goldens.Open("panoptic", which))];

    private static LabelMap WithoutCrowds(PanopticImage image)
    {
        var crowds = image.Segments.Where(s => s.IsCrowd).Select(s => s.Id).ToHashSet();
        return new LabelMap(image.Labels.Size, [.. image.Labels.Labels.ToArray().Select(label => crowds.Contains(label) ? 0 : label)]);
    }

    private static void AddAll(PanopticQuality quality, List<PanopticImage> truth, List<PanopticImage> prediction)
    {
        foreach (var (t, p) in truth.Zip(prediction))
        {
            quality.Add(t, p);
        }
    }

    private static void AssertAverage(JsonElement expected, PanopticAverage actual)
    {
        Assert.Equal(expected.GetProperty("pq").GetDouble(), actual.Quality, 1e-12);
        Assert.Equal(expected.GetProperty("sq").GetDouble(), actual.SegmentationQuality, 1e-12);
        Assert.Equal(expected.GetProperty("rq").GetDouble(), actual.RecognitionQuality, 1e-12);
        Assert.Equal(expected.GetProperty("n").GetDouble(), actual.CategoryCount);
    }
}
