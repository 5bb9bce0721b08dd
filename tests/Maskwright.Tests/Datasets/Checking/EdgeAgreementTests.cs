using Maskwright.Datasets.Checking;
using Maskwright.Images;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Tests.Datasets.Checking;

public sealed class EdgeAgreementTests
{
    [Fact]
    public void A_mask_on_its_object_needs_no_shift()
    {
        var agreement = EdgeAgreement.Measure(EdgeMap.Of(Square(40, 30)), Mask(40, 30));

        Assert.NotNull(agreement);
        Assert.True(agreement.Strength > 0.95);
        Assert.InRange(agreement.ShiftPixels, 0, 1.5);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(-4, 6)]
    public void A_mask_beside_its_object_is_told_the_way_back(int right, int down)
    {
        var agreement = EdgeAgreement.Measure(EdgeMap.Of(Square(40, 30)), Mask(40 + right, 30 + down));

        Assert.NotNull(agreement);
        Assert.InRange(agreement.ShiftX, -right - 1, -right + 1);
        Assert.InRange(agreement.ShiftY, -down - 1, -down + 1);
        Assert.True(agreement.ShiftedStrength > agreement.Strength + 0.2);
    }

    [Fact]
    public void A_mask_on_nothing_has_middling_strength()
    {
        var agreement = EdgeAgreement.Measure(EdgeMap.Of(new RgbImage(120, 100, new byte[36000])), Mask(40, 30));

        Assert.NotNull(agreement);
        Assert.Equal(0.5, agreement.Strength, 0.01);
        Assert.Equal(0, agreement.ShiftPixels);
    }

    [Fact]
    public void A_mask_of_a_few_pixels_is_not_judged()
    {
        var mask = new BinaryMask(120, 100);
        mask[50, 50] = true;

        Assert.Null(EdgeAgreement.Measure(EdgeMap.Of(Square(40, 30)), mask));
    }

    [Fact]
    public void The_whole_image_has_no_border()
    {
        var mask = new BinaryMask(120, 100);
        for (var i = 0; i < 12000; i++)
        {
            mask[i % 120, i / 120] = true;
        }

        Assert.Null(EdgeAgreement.Measure(EdgeMap.Of(Square(40, 30)), mask));
    }

    [Fact]
    public void Another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => EdgeAgreement.Measure(EdgeMap.Of(Square(40, 30)), new BinaryMask(60, 50)));

    // A bright square of 40 x 40 on a dark ground with faint noise.
    private static RgbImage Square(int left, int top)
    {
        var random = new Random(1);
        var pixels = new byte[120 * 100 * 3];
        for (var i = 0; i < 12000; i++)
        {
            var inside = i % 120 >= left && i % 120 < left + 40 && i / 120 >= top && i / 120 < top + 40;
            pixels.AsSpan(i * 3, 3).Fill((byte)((inside ? 180 : 60) + random.Next(4)));
        }

        return new RgbImage(120, 100, pixels);
    }

    private static BinaryMask Mask(int left, int top)
    {
        var mask = new BinaryMask(120, 100);
        for (var i = 0; i < 1600; i++)
        {
            mask[left + (i % 40), top + (i / 40)] = true;
        }

        return mask;
    }
}
