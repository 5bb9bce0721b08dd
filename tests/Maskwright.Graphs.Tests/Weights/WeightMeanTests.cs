using Maskwright.Graphs.Weights;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

public sealed class WeightMeanTests
{
    [Fact]
    public void Every_number_is_the_mean_of_all_files()
    {
        using var first = File("a", ("x", [2, 1], [1, 2]), ("y", [1], [10]));
        using var second = File("b", ("x", [2, 1], [3, 2]), ("y", [1], [-4]));
        using var third = File("c", ("x", [2, 1], [5, -1]), ("y", [1], [0]));

        using var mean = WeightMean.Of([first, second, third]);

        Assert.Equal(["x", "y"], mean.Keys);
        Assert.Equal([2, 1], mean["x"].Shape);
        Assert.Equal([3f, 1f], mean["x"].ToFloat32());
        Assert.Equal([2f], mean["y"].ToFloat32());
    }

    [Fact]
    public void Says_which_file_has_other_tensors()
    {
        using var first = File("a", ("x", [2], [1, 2]), ("y", [1], [10]));
        using var second = File("b", ("x", [1], [3]), ("z", [1], [-4]));

        var fault = Assert.Throws<WeightMismatchException>(() => WeightMean.Of([first, second]));

        Assert.Equal("b", fault.Path);
        Assert.Equal(["y"], fault.Missing);
        Assert.Equal(["z"], fault.Unexpected);
        Assert.Equal("x", Assert.Single(fault.WrongShapes).Name);
    }

    private static WeightFile File(string name, params (string Name, IReadOnlyList<long> Shape, float[] Values)[] tensors) => WeightFile.FromArrays(tensors, name);
}
