using Xunit;

namespace Maskwright.Graphs.Tests;

public class TensorTests
{
    [Fact]
    public void Takes_entries_of_the_first_axis_in_the_order_asked()
    {
        var tensor = Tensor.Of([1f, 2f, 3f, 4f, 5f, 6f], 3, 2);

        var taken = tensor.Take([2, 0]);

        Assert.Equal([2L, 2L], taken.Shape);
        Assert.Equal([5f, 6f, 1f, 2f], taken.Floats);
        Assert.Equal([0L, 2L], tensor.Take([]).Shape);
    }

    [Fact]
    public void A_number_has_no_entries() => Assert.Throws<ArgumentException>(() => Tensor.Of([1f]).Take([0]));
}
