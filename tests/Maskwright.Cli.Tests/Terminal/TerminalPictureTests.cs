using Maskwright.Cli.Terminal;
using Maskwright.Images;
using Xunit;

namespace Maskwright.Cli.Tests.Terminal;

public class TerminalPictureTests
{
    private const string Escape = "\x1b";
    private static readonly RgbImage TwoByThree = new(2, 3, [255, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 1, 2, 3]);

    [Fact]
    public void Blocks_put_two_rows_into_a_line_and_leave_the_last_half_open()
    {
        using var text = new StringWriter { NewLine = "\n" };

        BlockPicture.Write(TwoByThree, text);

        Assert.Equal(
            $"{Escape}[38;2;255;0;0;48;2;0;255;0m▀{Escape}[38;2;255;0;0;48;2;0;0;255m▀{Escape}[0m\n{Escape}[38;2;1;2;3m{Escape}[49m▀▀{Escape}[0m\n",
            text.ToString());
    }

    [Fact]
    public void Sixels_hold_one_pass_a_colour_and_shorten_runs()
    {
        using var text = new StringWriter { NewLine = "\n" };

        SixelPicture.Write(new RgbImage(5, 2, [.. Enumerable.Repeat<byte>(255, 30)]), text);

        var picture = text.ToString();
        Assert.StartsWith($"{Escape}P0;1;0q\"1;1;5;2#0;2;0;0;0", picture, StringComparison.Ordinal);
        Assert.EndsWith($"#251!5B$-{Escape}\\\n", picture, StringComparison.Ordinal); // white is the last colour; B is rows 0 and 1
    }

    [Fact]
    public void Kitty_gets_the_file_in_chunks()
    {
        using var text = new StringWriter { NewLine = "\n" };

        EncodedPicture.WriteKitty(new byte[4000], 80, text);

        var chunks = text.ToString().Split($"{Escape}\\");
        Assert.StartsWith($"{Escape}_Gf=100,a=T,q=2,c=80,m=1;", chunks[0], StringComparison.Ordinal);
        Assert.StartsWith($"{Escape}_Gm=0;", chunks[1], StringComparison.Ordinal);
        Assert.Equal(4096, chunks[0].Length - chunks[0].IndexOf(';', StringComparison.Ordinal) - 1);
    }

    [Fact]
    public void Reduction_takes_means_and_never_enlarges()
    {
        var small = AreaReduction.Fit(new RgbImage(4, 2, [.. Enumerable.Range(0, 24).Select(i => (byte)i)]), 2, 2);

        Assert.Equal((2, 1), (small.Width, small.Height));
        Assert.Equal([7, 8, 9, 13, 14, 15], small.Pixels.ToArray());
        Assert.Same(TwoByThree, AreaReduction.Fit(TwoByThree, 100, 100));
    }
}
