using Maskwright.Graphs.Operations;
using Maskwright.Training.Torch;
using Xunit;

namespace Maskwright.Training.Tests.Torch;

/// <summary>Torch and ONNX Runtime compute the same numbers for every operation of the house.</summary>
[Trait("Kind", "parity")]
public class OperationParityTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Names => [.. OperationCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_engines_agree(string name)
    {
        var operation = OperationCases.All.Single(c => c.Name == name);

        var expected = operation.Run(OperationCase.Onnx);
        var actual = operation.Run(new TorchEngine());

        Assert.Equal(expected.Shape, actual.Shape);
        var scale = expected.Floats.Max(Math.Abs);
        Assert.True(scale > 0, "a result of zeros proves nothing");
        Assert.All(expected.Floats.Zip(actual.Floats), pair => Assert.Equal(pair.First, pair.Second, Tolerance * scale));
    }

    [Fact]
    public void Every_operation_of_the_house_is_compared()
    {
        // Torch sees composites written out; FoldedDecoderTests compares them.
        var all = typeof(Operation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract && !type.IsSubclassOf(typeof(CompositeOperation)));

        var compared = OperationCases.All.SelectMany(c => c.Operations).Select(operation => operation.GetType()).ToHashSet();

        Assert.Empty(all.Where(type => !compared.Contains(type)).Select(type => type.Name));
    }
}
