using Maskwright.Networks.Classic;
using Xunit;

namespace Maskwright.Networks.Tests.Classic;

public class RankedValueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5_000)]
    public void Every_rank_is_what_sorting_gives(int count)
    {
        var random = new Random(2);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => MathF.Pow(random.Next(1_000) / 100f, 3) - 20)];
        float[] sorted = [.. values.Order()];

        foreach (var rank in new[] { 0, count / 100, count / 2, count - 1 })
        {
            Assert.Equal(sorted[rank], RankedValue.Of(values, rank));
        }
    }
}
