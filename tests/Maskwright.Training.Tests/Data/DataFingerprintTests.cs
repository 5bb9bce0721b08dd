using Maskwright.Training.Data;
using Xunit;

namespace Maskwright.Training.Tests.Data;

public class DataFingerprintTests
{
    private static readonly TrainingExample[] s_examples = [Example("a", "10"), Example("b", "20")];

    [Fact]
    public void Equal_data_has_one_fingerprint() => Assert.Equal(DataFingerprint.Of(s_examples), DataFingerprint.Of([Example("a", "10"), Example("b", "20")]));

    [Fact]
    public void Sizes_names_order_and_number_of_photos_count()
    {
        TrainingExample[][] others = [[Example("a", "10"), Example("b", "21")], [Example("a", "10"), Example("c", "20")], [.. s_examples.Reverse()], s_examples[..1], []];

        Assert.Equal(6, others.Append(s_examples).Select(DataFingerprint.Of).Distinct().Count());
        Assert.All(others, other => Assert.Matches("^[0-9a-f]{16}$", DataFingerprint.Of(other)));
    }

    private static TrainingExample Example(string name, string identity) => new("set", name, () => throw new InvalidOperationException("fingerprints open nothing")) { Identity = identity };
}
