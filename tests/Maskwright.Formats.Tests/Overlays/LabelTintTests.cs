using Maskwright.Formats.Overlays;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Formats.Tests.Overlays;

public class LabelTintTests
{
    private static readonly ImageSize s_size = new(6, 4);

    [Fact]
    public void Background_stays_and_a_label_has_one_colour_wherever_it_is()
    {
        var (left, right) = (Labels(x => x < 3 ? 5 : 0), Labels(x => x < 3 ? 0 : 5));

        var (one, other) = (LabelTint.Paint(Grey(), left), LabelTint.Paint(Grey(), right));

        Assert.Equal((120, 120, 120), At(one, 4, 1));
        Assert.Equal(At(one, 1, 1), At(other, 4, 1));
        Assert.NotEqual((120, 120, 120), At(one, 1, 1));
        Assert.NotEqual(At(one, 1, 1), At(LabelTint.Paint(Grey(), Labels(_ => 6)), 1, 1));
    }

    [Fact]
    public void Borders_have_the_label_s_full_colour()
    {
        var hex = LabelTint.HexOf(5);

        var (red, green, blue) = At(LabelTint.Paint(Grey(), Labels(x => x < 3 ? 5 : 0)), 2, 1);

        Assert.Equal(hex, $"#{red:x2}{green:x2}{blue:x2}");
    }

    [Fact]
    public void What_is_unknown_is_grey_and_zero_may_be_a_class()
    {
        var painted = LabelTint.Paint(new RgbImage(6, 4, [.. Enumerable.Repeat<byte[]>([250, 10, 10], 24).SelectMany(p => p)]), Labels(x => x < 3 ? 255 : 0), background: null, unknown: 255);

        var (red, green, blue) = At(painted, 0, 0);
        Assert.InRange(red - green, 0, 90);
        Assert.Equal(green, blue);
        Assert.NotEqual((250, 10, 10), At(painted, 5, 3));
    }

    [Fact]
    public void Labels_of_another_size_are_refused() =>
        Assert.Throws<ArgumentException>(() => LabelTint.Paint(Grey(), new LabelMap(new ImageSize(4, 4), new int[16])));

    private static RgbImage Grey() => new(6, 4, [.. Enumerable.Repeat((byte)120, 72)]);

    private static LabelMap Labels(Func<int, int> at) => new(s_size, [.. Enumerable.Range(0, 24).Select(i => at(i % 6))]);

    private static (int Red, int Green, int Blue) At(RgbImage image, int x, int y)
    {
        var pixel = image.Pixels.Slice(3 * ((y * image.Width) + x), 3);
        return (pixel[0], pixel[1], pixel[2]);
    }
}
