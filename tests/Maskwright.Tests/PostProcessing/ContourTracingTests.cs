using System.Text.Json;
using Maskwright.Geometry;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class ContourTracingTests
{
    private static readonly (string Name, ContourRetrieval Retrieval)[] Retrievals =
    [
        ("external", ContourRetrieval.External), ("ccomp", ContourRetrieval.TwoLevels), ("tree", ContourRetrieval.Tree), ("list", ContourRetrieval.List),
    ];

    [Fact]
    [Trait("Kind", "parity")]
    public void Contours_and_their_hierarchy_are_OpenCVs()
    {
        var count = 0;
        foreach (var golden in ImageOperations.MaskCases.Select(name => GoldenCase.Open("image_ops", name)))
        {
            foreach (var (name, retrieval) in Retrievals)
            {
                foreach (var cornersOnly in new[] { false, true })
                {
                    if (golden.Outputs.GetProperty("contours").TryGetProperty(name + (cornersOnly ? "_simple" : "_none"), out var expected))
                    {
                        var options = new ContourTracingOptions { Retrieval = retrieval, CornersOnly = cornersOnly };
                        count += Compare(expected, ContourTracing.Trace(ImageOperations.Mask(golden), options));
                    }
                }
            }
        }

        Assert.Equal(868, count);
    }

    [Fact]
    public void An_island_in_a_hole_is_a_grandchild()
    {
        var mask = AsciiMask.Parse("""
            #######
            #.....#
            #..#..#
            #.....#
            #######
            """);

        var contours = ContourTracing.Trace(mask);

        Assert.Equal([(false, null), (true, 0), (false, (int?)1)], contours.Select(c => (c.IsHole, c.Parent)));
        Assert.Equal([new PixelPosition(3, 2)], contours[2].Points.ToArray());
    }

    [Fact]
    public void Every_region_has_one_outer_contour_and_every_hole_one()
    {
        foreach (var mask in RandomMasks.Some(seed: 77))
        {
            var contours = ContourTracing.Trace(mask);

            var holes = ConnectedComponents.Of(MaskComplement.Of(mask), Connectivity.Four).Components
                .Count(c => c.Bounds.X > 0 && c.Bounds.Y > 0 && c.Bounds.Right < mask.Width && c.Bounds.Bottom < mask.Height);
            Assert.Equal(ConnectedComponents.Of(mask).Components.Count, contours.Count(c => !c.IsHole));
            Assert.Equal(holes, contours.Count(c => c.IsHole));
            Assert.All(contours, c => Assert.All(c.Points.ToArray(), p => Assert.True(mask[p.X, p.Y])));
        }
    }

    private static int Compare(JsonElement expected, IReadOnlyList<Contour> actual)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Count);
        foreach (var (text, contour) in expected.EnumerateArray().Zip(actual))
        {
            using var document = JsonDocument.Parse(text.GetString()!); // A golden lists its contours as text.
            var golden = document.RootElement;
            Assert.Equal(Numbers(golden.GetProperty("hierarchy")), (int[])[contour.Next ?? -1, contour.Previous ?? -1, contour.FirstChild ?? -1, contour.Parent ?? -1]);
            Assert.Equal(golden.GetProperty("n").GetInt32(), contour.Points.Length);
            Assert.Equal(golden.GetProperty("area").GetDouble(), contour.Area);
            Assert.Equal(golden.GetProperty("perimeter").GetDouble(), contour.Perimeter, 1e-4);
            Assert.Equal(Numbers(golden.GetProperty("bbox")), (int[])[contour.Bounds.X, contour.Bounds.Y, contour.Bounds.Width, contour.Bounds.Height]);
            if (golden.GetProperty("points").ValueKind == JsonValueKind.Array)
            {
                Assert.Equal(golden.GetProperty("points").EnumerateArray().Select(Point), contour.Points.ToArray());
            }
        }

        return actual.Count;
    }

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetInt32())];

    private static PixelPosition Point(JsonElement point) => new(point[0].GetInt32(), point[1].GetInt32());
}
