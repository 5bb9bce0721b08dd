using Maskwright.Cli.Inputs;
using Maskwright.Geometry;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Cli.Tests.Inputs;

public class PromptSyntaxTests
{
    [Theory]
    [InlineData("420,310", 420, 310, true)]
    [InlineData("420.5, 310 ,1", 420.5, 310, true)]
    [InlineData("0,0,0", 0, 0, false)]
    [InlineData("-3,1e2", -3, 100, true)]
    public void Reads_points(string text, double x, double y, bool isPositive)
    {
        Assert.Equal(new PromptPoint(x, y, isPositive), PromptSyntax.Point(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1,2,2")]
    [InlineData("1,2,3,4")]
    [InlineData("NaN,2")]
    [InlineData("1,Infinity")]
    [InlineData("1;2")]
    public void Refuses_what_is_no_point_and_quotes_it(string text)
    {
        var fault = Assert.Throws<FormatException>(() => PromptSyntax.Point(text));

        Assert.Contains($"'{text}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_box_as_left_top_right_bottom()
    {
        Assert.Equal(new PixelBox(1, 2, 30, 40.5), PromptSyntax.Box("1,2,30,40.5"));
    }

    [Theory]
    [InlineData("30,2,1,40")]
    [InlineData("1,2,1,40")]
    [InlineData("1,2,30")]
    [InlineData("1,2,30,nan")]
    public void Refuses_boxes_that_hold_nothing(string text)
    {
        Assert.Throws<FormatException>(() => PromptSyntax.Box(text));
    }
}
