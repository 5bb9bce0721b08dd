using Maskwright.Testing;
using Xunit;
using Xunit.Sdk;

namespace Maskwright.Formats.Tests;

[Trait("Kind", "parity")]
public class GoldenReaderTests
{
    [Fact]
    public void Every_array_of_every_case_can_be_read()
    {
        foreach (var file in Directory.EnumerateFiles(Goldens.Open(), "*.json", SearchOption.AllDirectories).Where(f => !f.Contains("/hf/", StringComparison.Ordinal)))
        {
            var group = Path.GetFileName(Path.GetDirectoryName(file));
            var text = File.ReadAllText(file);
            if (group is null or "panoptic" || text[0] != '{' || !text.Contains("\"outputs\": {", StringComparison.Ordinal))
            {
                continue;
            }

            var golden = GoldenCase.Open(group, Path.GetFileNameWithoutExtension(file));
            foreach (var name in golden.ArrayNames)
            {
                var output = golden.Output(name);
                Assert.True(output.IsPacked ? output.Masks().Length > 0 : output.Known().Any() || output.Count == 0, output.Name);
            }
        }
    }

    [Fact]
    public void A_value_beyond_the_tolerance_is_named()
    {
        var output = GoldenCase.Open("sam_tiny", "predictor_truck_jpg").Output("features");
        var actual = output.Values<float>();
        output.AssertClose(actual);
        actual[100] += 0.01f;

        var fault = Assert.ThrowsAny<XunitException>(() => output.AssertClose(actual));

        Assert.Contains("element 100 at [0, 0, 6, 4]", fault.Message, StringComparison.Ordinal);
    }
}
