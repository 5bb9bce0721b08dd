using System.Globalization;
using System.Text.RegularExpressions;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Masks;

/// <summary>Against PyTorch's bilinear interpolation, which the specification of thresholding is written after.</summary>
[Trait("Kind", "parity")]
public partial class LogitUpsamplingParityTests
{
    [Fact]
    public void Bilinear_steps_have_the_bits_of_the_reference()
    {
        var golden = GoldenCase.Open("image_ops", "torch_interpolate");
        var shape = golden.Inputs.GetProperty("x").GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()).ToArray();
        var from = new ImageSize(shape[3], shape[2]);
        var input = SyntheticTensor.Input("input:interp", shape);
        foreach (var name in golden.ArrayNames.Where(name => BilinearCase().IsMatch(name)))
        {
            var match = BilinearCase().Match(name);
            var to = new ImageSize(Number(match.Groups[2]), Number(match.Groups[1]));

            var planes = Enumerable.Range(0, shape[1]).SelectMany(c => LogitUpsampling.Resize(input.AsSpan(c * (int)from.PixelCount, (int)from.PixelCount), from, to, to));

            var actual = planes.ToArray();
            TestContext.Current.SendDiagnosticMessage(name);
            Assert.All(golden.Output(name).Known(), known => Assert.Equal((float)known.Value, actual[(int)known.Index]));
        }
    }

    [GeneratedRegex("^bilinear_h([0-9]+)_w([0-9]+)_align0$")]
    private static partial Regex BilinearCase();

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);
}
