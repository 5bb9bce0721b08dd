using Maskwright.Formats.Overlays;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Formats.Tests.Overlays;

public class ColourAssignmentTests
{
    [Fact]
    public void Oklab_of_known_colours() // Ottosson 2020: white is (1, 0, 0); red and blue as CSS Color 4 lists them
    {
        var (l, a, b) = new OverlayColour(255, 0, 0).ToOklab();

        Assert.Equal((1.0, 0.0, 0.0), Rounded(new OverlayColour(255, 255, 255).ToOklab()));
        Assert.Equal(0.62796, l, 4);
        Assert.Equal(0.25768, Math.Sqrt((a * a) + (b * b)), 4);
        Assert.Equal(29.23, Math.Atan2(b, a) * 180 / Math.PI, 1);
    }

    [Fact]
    public void Colours_come_back_from_lightness_chroma_and_hue()
    {
        foreach (var colour in OverlayPalette.Colours)
        {
            var (l, a, b) = colour.ToOklab();
            var again = OverlayColour.FromOklch(l, Math.Sqrt((a * a) + (b * b)), Math.Atan2(b, a) * 180 / Math.PI);
            Assert.InRange(again.Red - colour.Red, -6, 6);
            Assert.InRange(again.Green - colour.Green, -6, 6);
            Assert.InRange(again.Blue - colour.Blue, -6, 6);
        }
    }

    [Fact]
    public void The_palette_has_no_two_colours_alike()
    {
        var colours = OverlayPalette.Colours.Select(colour => colour.ToOklab()).ToArray();

        for (var i = 0; i < colours.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.True(Distance(colours[i], colours[j]) > 0.04, $"{OverlayPalette.Colours[i].Hex} and {OverlayPalette.Colours[j].Hex}");
            }
        }
    }

    [Fact]
    public void Neighbours_differ_clearly_on_a_board_of_many_fields()
    {
        const int side = 20, field = 8;
        var labels = new int[side * field * side * field];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = 1 + (i / (side * field) / field * side) + (i % (side * field) / field);
        }

        var colours = ColourAssignment.Assign(new LabelMap(new ImageSize(side * field, side * field), labels), side * side, null);

        for (var i = 0; i < side * side; i++)
        {
            if (i % side > 0)
            {
                Assert.True(Distance(colours[i].ToOklab(), colours[i - 1].ToOklab()) > 0.2);
            }

            if (i >= side)
            {
                Assert.True(Distance(colours[i].ToOklab(), colours[i - side].ToOklab()) > 0.2);
            }
        }
    }

    [Fact]
    public void A_mask_stands_out_from_the_photo_beneath()
    {
        var beneath = OverlayPalette.Colours[0];
        var photo = new RgbImage(8, 8, [.. Enumerable.Range(0, 64).SelectMany(_ => new[] { beneath.Red, beneath.Green, beneath.Blue })]);
        var labels = new int[64];
        Array.Fill(labels, 1);

        var colour = ColourAssignment.Assign(new LabelMap(photo.Size, labels), 1, photo)[0];

        Assert.True(Distance(colour.ToOklab(), beneath.ToOklab()) > 0.2);
    }

    private static (double L, double A, double B) Rounded((double L, double A, double B) colour) =>
        (Math.Round(colour.L, 4), Math.Abs(Math.Round(colour.A, 4)), Math.Abs(Math.Round(colour.B, 4)));

    private static double Distance((double L, double A, double B) first, (double L, double A, double B) second) =>
        Math.Sqrt(Math.Pow(first.L - second.L, 2) + Math.Pow(first.A - second.A, 2) + Math.Pow(first.B - second.B, 2));
}
