using Maskwright.Geometry;
using Maskwright.Networks.Classic;
using Xunit;

namespace Maskwright.Networks.Tests.Classic;

public sealed class BorderOrientationTests
{
    [Theory]
    [InlineData("01", 2)]
    [InlineData("01 01 01", 1)]
    [InlineData("01200211 10211020 01102201 11002210 20110021 02110201", 8)]
    public void It_is_the_right_angle_to_where_the_pixels_of_both_sides_lie(string rows, int least)
    {
        var lines = rows.Split(' ');
        var size = new ImageSize(lines[0].Length, lines.Length);
        int[] labels = [.. string.Concat(lines).Select(c => c - '0')];
        (int One, int Other)[] neighbours = [.. Enumerable.Range(0, labels.Length).SelectMany(i => Neighbours(i, size).Select(j => (i, j))).Where(pair => labels[pair.i] != labels[pair.j])];

        Assert.True(neighbours.Length >= least, $"{neighbours.Length} borders");
        Assert.All(neighbours, pair => Assert.Equal(Expected(labels, pair.One, pair.Other, size), BorderOrientation.At(labels, pair.One, pair.Other, size)));
    }

    private static IEnumerable<int> Neighbours(int i, ImageSize size) =>
        new[] { (1, 0), (-1, 0), (0, 1), (0, -1) }
            .Select(step => (X: (i % size.Width) + step.Item1, Y: (i / size.Width) + step.Item2))
            .Where(place => place.X >= 0 && place.X < size.Width && place.Y >= 0 && place.Y < size.Height)
            .Select(place => (place.Y * size.Width) + place.X);

    private static int Expected(int[] labels, int one, int other, ImageSize size)
    {
        int x = one % size.Width, y = one / size.Width, across = 0, down = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            int dx = (i % size.Width) - x, dy = (i / size.Width) - y;
            if (Math.Abs(dx) <= 2 && Math.Abs(dy) <= 2)
            {
                var side = labels[i] == labels[one] ? 1 : labels[i] == labels[other] ? -1 : 0;
                (across, down) = (across + (side * dx), down + (side * dy));
            }
        }

        (across, down) = (across, down) == (0, 0) ? ((other % size.Width) - x, (other / size.Width) - y) : (across, down);
        var turns = (Math.Atan2(down, across) / Math.PI) - 0.5; // of half a circle
        return (int)(Math.Round(turns * BoundaryMap.Orientations) + (2 * BoundaryMap.Orientations)) % BoundaryMap.Orientations;
    }
}
