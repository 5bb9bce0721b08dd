using Xunit;

namespace Maskwright.Networks.Tests;

public sealed class SideBySideTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Does_every_pass_once(int threads)
    {
        var done = new int[100];

        SideBySide.Run(done.Length, threads, i => Interlocked.Increment(ref done[i]), CancellationToken.None);

        Assert.All(done, times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Fails_with_the_fault_itself(int threads)
    {
        var fault = Assert.Throws<InvalidDataException>(() => SideBySide.Run(10, threads, _ => throw new InvalidDataException("damaged"), CancellationToken.None));

        Assert.Equal("damaged", fault.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Ends_when_it_is_cancelled(int threads)
    {
        using var source = new CancellationTokenSource();

        void Pass(int number) => source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => SideBySide.Run(1000, threads, Pass, source.Token));
    }
}
