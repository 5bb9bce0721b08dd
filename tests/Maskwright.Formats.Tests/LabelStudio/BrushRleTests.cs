using System.Security.Cryptography;
using Maskwright.Formats.LabelStudio;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.LabelStudio;

/// <remarks>The bytes expected here are those of label-studio-converter 0.0.59, <c>brush.mask2rle</c>.</remarks>
public sealed class BrushRleTests
{
    [Fact]
    [Trait("Kind", "parity")]
    public void Encodes_byte_for_byte_as_the_reference()
    {
        byte[] expected =
        [
            0, 0, 5, 0, 57, 27, 252, 127, 250, 188, 2, 223, 254, 67, 0, 143, 254, 48, 8, 255, 242, 24, 5, 191, 254, 3, 102, 1, 63, 254, 71, 0, 159, 255, 128, 199, 128, 71, 254,
        ];

        var actual = BrushRle.Encode(Spots.Mask.ToBinaryMask());

        Assert.Equal(expected, actual);
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Encodes_long_runs_as_the_reference()
    {
        var full = new BinaryMask(400, 400);
        Formats.Runs.RowMajorRuns.Fill(full, 0, 160000);
        var ring = new BinaryMask(700, 300);
        for (var y = 0; y < 300; y++)
        {
            for (var x = 0; x < 700; x++)
            {
                var distance = ((x - 350) * (x - 350)) + ((y - 150) * (y - 150));
                ring[x, y] = distance is < 140 * 140 and >= 40 * 40;
            }
        }

        Assert.EndsWith("F87FFFE0", Convert.ToHexString(BrushRle.Encode(full)), StringComparison.Ordinal);
        Assert.Equal(41, BrushRle.Encode(full).Length);
        Assert.Equal("19F8420DAAA5D8855323FE6AC09F4472C24C3D13ABE459148A8C965CB62B4888", Convert.ToHexString(SHA256.HashData(BrushRle.Encode(ring))));
    }

    [Theory]
    [Trait("Kind", "parity")]
    [InlineData(1, "00000004391BFC7FE0")]
    [InlineData(2, "00000008391BFC7FF18000")]
    [InlineData(3, "0000000C391BFC7FF38000")]
    [InlineData(4, "00000010391BFC7FF6C000")]
    [InlineData(8, "00000020391BFC7FF86C00")]
    public void Fills_up_the_last_byte_as_the_reference(int width, string expected)
    {
        var mask = new BinaryMask(width, 1) { [0, 0] = true };

        Assert.Equal(expected, Convert.ToHexString(BrushRle.Encode(mask)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 2)]
    [InlineData(65, 5)]
    [InlineData(130, 11)]
    [Trait("Kind", "property")]
    public void Decodes_what_it_encodes(int width, int height)
    {
        var random = new Random(width);
        var mask = new BinaryMask(width, height);
        for (var i = 0; i < width * height; i++)
        {
            mask[i % width, i / width] = random.Next(3) == 0;
        }

        AsciiMask.Equal(mask, BrushRle.Decode(BrushRle.Encode(mask), mask.Size));
    }

    [Fact]
    public void Takes_the_opacity_of_runs_of_single_values()
    {
        // Two pixels, written as one run of eight values of which only those in the places of the opacity differ.
        var bits = "00000000000000000000000000001000" + "00111" + "0010" + "0011" + "0111" + "1111" + "0" + "00" + "111"
            + string.Concat(((string[])["1", "1", "1", "0", "0", "0", "0", "1"]).Select(value => value == "1" ? "11111111" : "00000000"));
        var bytes = Enumerable.Range(0, (bits.Length + 7) / 8).Select(i => Convert.ToByte(bits.PadRight(200, '0').Substring(8 * i, 8), 2)).ToArray();

        var mask = BrushRle.Decode(bytes, new ImageSize(2, 1));

        Assert.Equal([false, true], [mask[0, 0], mask[1, 0]]);
    }

    [Theory]
    [InlineData("", "too few")]
    [InlineData("00000008391BFC7F", "end before")]
    [InlineData("0000000C391BFC7FF18000", "an image of 2x1 has 8")]
    [InlineData("00000008391BFC7FFC8000", "beyond the last pixel")]
    [InlineData("00000008391BFC7FF1800001", "follows the last pixel")]
    [Trait("Kind", "hostile")]
    public void Refuses_damaged_bytes(string bytes, string reason)
    {
        var fault = Assert.Throws<FormatException>(() => BrushRle.Decode(Convert.FromHexString(bytes), new ImageSize(2, 1)));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }
}
