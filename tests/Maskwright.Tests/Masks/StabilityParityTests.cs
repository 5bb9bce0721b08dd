using System.Globalization;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Masks;

/// <summary>Against segment-anything's stability score, exact.</summary>
[Trait("Kind", "parity")]
public class StabilityParityTests
{
    [Theory]
    [InlineData("0.0", "1.0")]
    [InlineData("0.5", "0.3")]
    [InlineData("0.0", "0.0")]
    public void Stability_scores_are_those_of_the_reference(string threshold, string offset)
    {
        var golden = GoldenCase.Open("image_ops", "box_ops");
        var stab = SyntheticTensor.Input("input:stab", 5, 20, 30).Select(v => 3 * v).ToArray();
        var expected = golden.Output($"stability_t{threshold}_o{offset}").Values<float>();

        var actual = Enumerable.Range(0, 5).Select(i => LogitThresholding.Cut(
            new MaskLogits(stab.AsMemory(i * 600, 600), 30, 20, LogitFrame.Identity(new ImageSize(30, 20))),
            double.Parse(threshold, CultureInfo.InvariantCulture),
            double.Parse(offset, CultureInfo.InvariantCulture)));

        Assert.Equal(expected, actual.Select(cut => (float)cut.StabilityScore));
    }
}
