using System.Text.Json;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class MorphologyTests
{
    public static TheoryData<string, StructuringElement> Elements => new()
    {
        { "rectangle 3x3", StructuringElement.Rectangle(3, 3) },
        { "rectangle 2x4", StructuringElement.Rectangle(2, 4) },
        { "rectangle 31x31", StructuringElement.Rectangle(31, 31) },
        { "rectangle 130x7 off its middle", StructuringElement.Rectangle(130, 7).WithAnchor(129, 6) },
        { "rectangle 65x1 off its middle", StructuringElement.Rectangle(65, 1).WithAnchor(0, 0) },
        { "cross 9x5", StructuringElement.Cross(9, 5) },
        { "ellipse 31x31", StructuringElement.Ellipse(31, 31) },
        { "ellipse 15x4", StructuringElement.Ellipse(15, 4) },
        { "disc 6", StructuringElement.Disc(6) },
        { "falling line 70", StructuringElement.Line(70, LineDirection.Falling) },
        { "rising line 13", StructuringElement.Line(13, LineDirection.Rising) },
        { "vertical line 40", StructuringElement.Line(40, LineDirection.Vertical) },
        { "scattered", StructuringElement.FromMask(RandomMasks.Fill(17, 12, (x, y) => ((x * 7) + (y * 5)) % 4 == 1)).WithAnchor(15, 1) },
        { "far from its anchor", StructuringElement.FromMask(RandomMasks.Fill(150, 40, (x, y) => x > 145 && y > 36)).WithAnchor(0, 0) },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void The_fast_form_is_the_plain_one(string name, StructuringElement element)
    {
        foreach (var mask in RandomMasks.Some(seed: 31))
        {
            foreach (var isErosion in new[] { false, true })
            {
                AsciiMask.Equal(BitDilation.ApplyScalar(mask, element, isErosion), BitDilation.Apply(mask, element, isErosion));
            }
        }

        Assert.NotEmpty(name);
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Every_operation_is_OpenCVs()
    {
        foreach (var golden in ImageOperations.MaskCases.Select(name => GoldenCase.Open("image_ops", name)))
        {
            var mask = ImageOperations.Mask(golden);
            var packed = golden.Output("morphology");
            var rows = packed.Values<byte>();
            var row = 0;
            foreach (var text in golden.Outputs.GetProperty("operations").EnumerateArray())
            {
                using var document = JsonDocument.Parse(text.GetString()!); // A golden lists its operations as text.
                var operation = document.RootElement;
                var element = Element(operation.GetProperty("kernel").GetString());
                var kernel = golden.Outputs.GetProperty("kernels").GetProperty(operation.GetProperty("kernel").GetString()!); // A golden names its kernel.
                AsciiMask.Equal(RandomMasks.Fill(kernel[0].GetArrayLength(), kernel.GetArrayLength(), (x, y) => kernel[y][x].GetInt32() != 0), element.ToMask());

                var actual = Apply(operation.GetProperty("op").GetString(), mask, element, operation.GetProperty("iterations").GetInt32());

                var bits = rows.AsMemory(row++ * packed.Shape[1], packed.Shape[1]);
                AsciiMask.Equal(RandomMasks.Fill(mask.Width, mask.Height, (x, y) => IsSet(bits.Span, (y * mask.Width) + x)), actual);
            }

            Assert.Equal(84, row);
        }
    }

    [Fact]
    public void A_disc_holds_the_pixels_within_its_radius() => AsciiMask.Equal(
        AsciiMask.Parse("""
            ..#..
            .###.
            #####
            .###.
            ..#..
            """),
        StructuringElement.Disc(2).ToMask());

    [Fact]
    public void An_element_without_pixels_or_with_its_anchor_outside_is_refused()
    {
        Assert.Throws<ArgumentException>(() => StructuringElement.FromMask(new BinaryMask(3, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StructuringElement.Rectangle(3, 3).WithAnchor(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StructuringElement.Rectangle(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Erosion.Apply(new BinaryMask(3, 3), StructuringElement.Rectangle(3, 3), 0));
    }

    private static bool IsSet(ReadOnlySpan<byte> bits, int index) => (bits[index / 8] >> (7 - (index % 8)) & 1) != 0;

    private static StructuringElement Element(string? name) => name switch
    {
        "rect3" => StructuringElement.Rectangle(3, 3),
        "cross3" => StructuringElement.Cross(3, 3),
        "ellipse5" => StructuringElement.Ellipse(5, 5),
        "rect5" => StructuringElement.Rectangle(5, 5),
        "ellipse7" => StructuringElement.Ellipse(7, 7),
        "rect2x4" => StructuringElement.Rectangle(4, 2),
        _ => throw new NotSupportedException(name),
    };

    private static BinaryMask Apply(string? operation, BinaryMask mask, StructuringElement element, int iterations) => operation switch
    {
        "erode" => Erosion.Apply(mask, element, iterations),
        "dilate" => Dilation.Apply(mask, element, iterations),
        "open" => Opening.Apply(mask, element, iterations),
        "close" => Closing.Apply(mask, element, iterations),
        "gradient" => MorphologicalGradient.Apply(mask, element, iterations),
        "tophat" => TopHat.Apply(mask, element, iterations),
        "blackhat" => BlackHat.Apply(mask, element, iterations),
        _ => throw new NotSupportedException(operation),
    };
}
