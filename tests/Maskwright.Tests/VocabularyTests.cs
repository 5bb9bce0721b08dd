using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests;

public class VocabularyTests
{
    [Fact]
    public void Runs_go_down_the_columns_and_start_outside()
    {
        var mask = AsciiMask.Parse("""
            #.
            ##
            """);

        var runs = RunLengthMask.FromMask(mask);

        Assert.Equal(new uint[] { 0, 2, 1, 1 }, runs.Counts.ToArray());
        AsciiMask.Equal(mask, runs.ToBinaryMask());
    }
}
