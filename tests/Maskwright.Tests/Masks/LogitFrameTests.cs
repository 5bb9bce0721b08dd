using Maskwright.Geometry;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Tests.Masks;

public sealed class LogitFrameTests
{
    // Eight cells across the canvas and down, four of them down in use; a cell of the map is 2 x 2 pixels of the canvas and 6 x 6 of the image.
    private static readonly LogitFrame s_frame = new(new ImageSize(16, 16), new ImageSize(16, 8), new ImageSize(48, 24));

    [Theory]
    [InlineData(0, 0, -0.5, -0.5, 0, 0)]
    [InlineData(3, 3, 0, 0, 0, 0)]
    [InlineData(6, 5.9, 0.5, 0.4833, 1, 0)]
    [InlineData(45, 21, 7, 3, 7, 3)]
    [InlineData(48, 24, 7.5, 3.5, 7, 4)]
    [InlineData(-20, 90, -3.8333, 14.5, 0, 7)]
    public void Positions_of_the_image_lie_on_cells_of_a_map(double x, double y, double column, double row, int cellColumn, int cellRow)
    {
        var map = new ImageSize(8, 8);

        var place = s_frame.ToCells(x, y, map);

        Assert.Equal(column, place.Column, 1e-4);
        Assert.Equal(row, place.Row, 1e-4);
        Assert.Equal((cellColumn, cellRow), s_frame.CellAt(x, y, map));
    }

    [Fact]
    public void A_logit_is_read_between_the_middles_of_cells_and_not_beyond()
    {
        var logits = new MaskLogits(Enumerable.Range(0, 64).Select(i => (float)(i % 8)).ToArray(), 8, 8, s_frame);

        Assert.Equal([0, 0, 0.5f, 7, 7], new[] { 0.0, 3, 6, 45, 48 }.Select(x => logits.At(x, 10)));
    }
}
