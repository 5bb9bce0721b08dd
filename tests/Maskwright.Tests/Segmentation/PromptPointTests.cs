using Maskwright.Geometry;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Tests.Segmentation;

public sealed class PromptPointTests
{
    [Theory]
    [InlineData(3, 7)]
    [InlineData(3.5, 7.25)]
    [InlineData(3.99, 7.99)]
    public void A_click_speaks_of_the_middle_of_its_pixel(double x, double y) => Assert.Equal(new PixelPoint(3.5, 7.5), new PromptPoint(x, y).PixelMiddle());
}
