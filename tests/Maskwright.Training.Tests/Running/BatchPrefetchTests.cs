using Maskwright.Training.Running;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class BatchPrefetchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Batches_come_in_order_however_long_each_takes(int threads)
    {
        using var batches = new BatchPrefetch(Slowly, first: 3, end: 40, ahead: 2, threads);

        Assert.Equal(Enumerable.Range(3, 37).Select(i => (long)i), Enumerable.Range(3, 37).Select(_ => batches.Take().Step));
        Assert.Throws<InvalidOperationException>(batches.Take);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_fault_is_told_in_its_turn(int threads)
    {
        using var batches = new BatchPrefetch(number => number == 5 ? throw new InvalidDataException("five") : Slowly(number), first: 0, end: 100, ahead: 4, threads);

        Assert.Equal([0, 1, 2, 3, 4], Enumerable.Range(0, 5).Select(_ => batches.Take().Step));
        Assert.Equal("five", Assert.Throws<InvalidDataException>(batches.Take).Message);
    }

    [Fact]
    public void No_more_are_drawn_than_may_wait()
    {
        var drawn = 0;
        using (var batches = new BatchPrefetch(number => { Interlocked.Increment(ref drawn); return Slowly(number); }, first: 0, end: 1000, ahead: 3, threads: 2))
        {
            batches.Take();
            Thread.Sleep(100);
        }

        Assert.InRange(drawn, 1, 3 + 2 + 1);
    }

    private static TrainingBatch Slowly(long number)
    {
        Thread.Sleep((int)(number * 7 % 5));
        return new TrainingBatch(number, 64, []);
    }
}
