using System.Runtime.Intrinsics;
using Maskwright.Geometry;
using Maskwright.Networks.Classic;
using Xunit;

namespace Maskwright.Networks.Tests.Classic;

public class KernelTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(40, 5)]
    public void The_vector_blur_equals_the_plain_one(int count, int radius)
    {
        var source = Bytes(count * CueHistograms.Bins, CueHistograms.Mass);
        byte[] expected = new byte[source.Length], actual = new byte[source.Length];

        CueBlur.BlurLineScalar(source, expected, count, CueHistograms.Bins, radius);
        CueBlur.BlurLine(source, actual, count, CueHistograms.Bins, radius);

        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 7, 2)]
    [InlineData(32, 40, 5)]
    public void The_blur_of_many_columns_equals_the_plain_one_of_each(int columns, int height, int radius)
    {
        var width = columns + 2;
        var source = Bytes(width * height * CueHistograms.Bins, CueHistograms.Mass);
        byte[] expected = new byte[source.Length], actual = new byte[source.Length];

        for (var x = 0; x < columns; x++)
        {
            var start = x * CueHistograms.Bins;
            CueBlur.BlurLineScalar(source.AsSpan(start), expected.AsSpan(start), height, width * CueHistograms.Bins, radius);
        }

        CueBlur.BlurBand(source, actual, columns, width, height, radius);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_vector_distance_equals_the_plain_one()
    {
        byte[] one = Bytes(CueHistograms.Bins, 255), other = [.. Bytes(CueHistograms.Bins * 2, 255)[CueHistograms.Bins..]];

        Assert.Equal(OrientedContrast.DistanceScalar(one, other), OrientedContrast.Distance(Vector256.Create(one), Vector256.Create(other)));
    }

    [Fact]
    public void Regions_are_compared_in_vectors_as_they_are_one_bin_after_the_other()
    {
        RegionNode one = Region(11, 5), other = Region(23, 17);

        var (color, texture) = RegionLook.DifferenceScalar(one.Statistics, other.Statistics);
        var (fastColor, fastTexture) = RegionLook.Difference(new RegionLook(one, 100), new RegionLook(other, 100));

        Assert.Equal(color, fastColor, 1e-5f);
        Assert.Equal(texture, fastTexture, 1e-5f);
    }

    private static RegionNode Region(int pixels, int seed)
    {
        var random = new Random(seed);
        var statistics = new RegionStatistics();
        for (var i = 0; i < pixels; i++)
        {
            statistics.Add(i, 0, [.. Enumerable.Range(0, CueHistograms.Bins).Select(_ => (byte)random.Next(CueHistograms.Mass))], 0.5f, new ImageSize(100, 1));
        }

        return new RegionNode { Statistics = statistics };
    }

    private static byte[] Bytes(int count, int most)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(most + 1))];
    }
}
