using Maskwright.Formats.Amg;
using Xunit;

namespace Maskwright.Formats.Tests.Amg;

public class PythonTextTests
{
    [Theory] // what CPython prints
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(100.0, "100.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.000012345, "1.2345e-05")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e100, "1e+100")]
    [InlineData(1.0 / (1 << 25), "2.9802322387695312e-08")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(0.5937682390213013, "0.5937682390213013")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Prints_floats_as_repr(double value, string expected) => Assert.Equal(expected, PythonText.Float(value));

    [Fact]
    public void Widens_a_float32_to_all_its_digits() => Assert.Equal("0.8999999761581421", PythonText.Float(0.9f));

    [Fact]
    public void Json_has_its_own_words_for_what_is_no_number()
    {
        Assert.Equal("NaN", PythonText.JsonFloat(double.NaN));
        Assert.Equal("-Infinity", PythonText.JsonFloat(double.NegativeInfinity));
        Assert.Equal("1e-07", PythonText.JsonFloat(1e-7));
    }

    [Fact]
    public void Strings_are_plain_ascii() =>
        Assert.Equal("\"a\\\\b\\\"c\\n\\u0001\\u007f\\u00e9\\ud83d\\ude00/\"", PythonText.JsonString("a\\b\"c\n\u0001\u007fé😀/"));

    [Fact]
    [Trait("Kind", "property")]
    public void Every_float_reads_back_as_itself()
    {
        var random = new Random(5);
        for (var i = 0; i < 100_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(PythonText.Float(value)));
            }
        }
    }
}
