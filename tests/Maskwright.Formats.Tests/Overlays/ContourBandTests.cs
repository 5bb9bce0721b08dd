using Maskwright.Formats.Overlays;
using Maskwright.Geometry;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Formats.Tests.Overlays;

public class ContourBandTests
{
    [Theory]
    [InlineData(1.0, 1)]
    [InlineData(1.5, 7)]
    [InlineData(3.2, 64)]
    [InlineData(0.0, 5)]
    public void Covers_what_lies_near_another_label(double width, int bandRows)
    {
        var labels = Blobs(90, 61);
        var profile = new ContourProfile(width);

        for (var top = 0; top < 61; top += bandRows)
        {
            var bottom = Math.Min(61, top + bandRows);
            var band = new ContourBand(labels, profile, top, bottom);
            for (var y = top; y < bottom; y++)
            {
                var strengths = new byte[90];
                var isNear = new bool[6];
                band.Shade(y, strengths, isNear);
                for (var x = 0; x < 90; x++)
                {
                    Assert.Equal(Expected(labels, width, x, y), isNear[x / ContourBand.Block] ? strengths[x] : 0);
                }
            }
        }
    }

    // Straight from the definition: the distance to the nearest border of another label, along the row or column first.
    private static byte Expected(LabelMap labels, double width, int x, int y)
    {
        var nearest = double.PositiveInfinity;
        var reach = (int)Math.Ceiling(width + 0.5);
        for (var dy = -reach; dy <= reach && width > 0; dy++)
        {
            if (y + dy < 0 || y + dy >= labels.Size.Height)
            {
                continue;
            }

            var row = labels.Row(y + dy);
            if (row[x] != labels.Row(y)[x])
            {
                nearest = Math.Min(nearest, Math.Abs(dy) - 0.5);
                continue;
            }

            for (var dx = 1; dx <= reach; dx++)
            {
                if ((x - dx >= 0 && row[x - dx] != row[x]) || (x + dx < labels.Size.Width && row[x + dx] != row[x]))
                {
                    nearest = Math.Min(nearest, Math.Sqrt(((dx - 0.5) * (dx - 0.5)) + (dy * dy)));
                }
            }
        }

        return (byte)Math.Round(255 * Math.Clamp(width + 0.5 - nearest, 0, 1));
    }

    private static LabelMap Blobs(int width, int height)
    {
        var random = new Random(4);
        var labels = new int[width * height];
        for (var label = 1; label < 12; label++)
        {
            var (cx, cy, radius) = (random.Next(width), random.Next(height), random.Next(1, 20));
            for (var i = 0; i < labels.Length; i++)
            {
                var (dx, dy) = ((i % width) - cx, (i / width) - cy);
                labels[i] = (dx * dx) + (dy * dy) < radius * radius ? label : labels[i];
            }
        }

        return new LabelMap(new ImageSize(width, height), labels);
    }
}
