using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class ConvexHullTests
{
    [Fact]
    [Trait("Kind", "parity")]
    public void Corners_are_OpenCVs()
    {
        var compared = 0;
        foreach (var golden in ImageOperations.MaskCases.Select(name => GoldenCase.Open("image_ops", name)))
        {
            var contours = ContourTracing.Trace(ImageOperations.Mask(golden), new ContourTracingOptions { Retrieval = ContourRetrieval.External });
            if (golden.Outputs.TryGetProperty("largest_external", out var expected) && contours.Count > 0)
            {
                var corners = expected.GetProperty("hull").EnumerateArray().Select(p => new PixelPosition(p[0].GetInt32(), p[1].GetInt32())).ToList();
                var hull = ConvexHull.Of(contours.MaxBy(c => c.Area)!.Points.ToArray()); // There is a contour.

                var turn = corners.IndexOf(hull[0]);
                Assert.Equal(corners.Skip(turn).Concat(corners.Take(turn)), hull);
                compared++;
            }
        }

        Assert.Equal(6, compared);
    }

    [Fact]
    public void The_filled_hull_holds_just_the_pixels_within_all_its_edges()
    {
        foreach (var mask in RandomMasks.Some(seed: 3))
        {
            var hull = ConvexHull.Of(mask);

            var filled = ConvexHull.Fill(mask);

            var expected = hull.Count < 3 ? mask : RandomMasks.Fill(mask.Width, mask.Height, (x, y) => hull.Zip(hull.Skip(1).Append(hull[0]))
                .All(edge => ((edge.Second.X - edge.First.X) * (y - edge.First.Y)) - ((edge.Second.Y - edge.First.Y) * (x - edge.First.X)) >= 0));
            if (hull.Count != 2)
            {
                AsciiMask.Equal(expected, filled);
            }
        }
    }

    [Fact]
    public void One_pixel_is_its_own_hull_and_a_line_has_two_ends()
    {
        Assert.Empty(ConvexHull.Of(new BinaryMask(3, 3)));
        Assert.Equal([new PixelPosition(1, 0)], ConvexHull.Of(AsciiMask.Parse(".#.")));
        Assert.Equal([new PixelPosition(0, 0), new PixelPosition(2, 2)], ConvexHull.Of(AsciiMask.Parse("""
            #..
            .#.
            ..#
            """)));
        AsciiMask.Equal(AsciiMask.Parse("####."), ConvexHull.Fill(AsciiMask.Parse("#..#.")));
    }
}
