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

    [Fact]
    public void The_vector_distance_equals_the_plain_one()
    {
        byte[] one = Bytes(CueHistograms.Bins, 255), other = [.. Bytes(CueHistograms.Bins * 2, 255)[CueHistograms.Bins..]];

        Assert.Equal(OrientedContrast.DistanceScalar(one, other), OrientedContrast.Distance(one, other));
    }

    private static byte[] Bytes(int count, int most)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(most + 1))];
    }
}
