using Maskwright.Graphs.Sizes;
using Xunit;

namespace Maskwright.Graphs.Tests;

public class DimTests
{
    private static readonly Dim Height = Dim.Symbolic("H");

    [Fact]
    public void Halving_thrice_is_dividing_by_eight()
    {
        var thrice = Half(Half(Half(Height)));

        Assert.Equal(Height.Plus(7).DividedBy(8), thrice);
        Assert.Equal("floor((H+7)/8)", thrice.ToString());
    }

    [Fact]
    public void A_multiple_that_is_halved_and_doubled_is_itself()
    {
        var height = Dim.SymbolicMultiple("h", 32);

        Assert.Equal(height, Half(Half(height)).Times(4));
        Assert.Equal("h", Half(Half(Half(Half(Half(height))))).ToString());
    }

    [Fact]
    public void What_the_divisor_divides_leaves_the_quotient()
    {
        Assert.Equal(Height.Times(2).Plus(3), Height.Times(6).Plus(11).DividedBy(3));
        Assert.Equal(Height.Times(3).Plus(1).DividedBy(2), Height.Plus(Height.Plus(1).DividedBy(2)));
        Assert.Equal(Height.DividedBy(2), Height.Times(3).Plus(2).DividedBy(6));
        Assert.NotEqual(Height, Height.DividedBy(2).Times(2));
    }

    [Fact]
    public void Sums_and_products_do_not_depend_on_their_order()
    {
        var width = Dim.Symbolic("W");

        Assert.Equal(Height.Times(width), width.Times(Height));
        Assert.Equal(Height.Plus(width).Times(2), width.Times(2).Plus(Height).Plus(Height));
        Assert.Equal((Dim)0L, Height.Plus(3).Minus(Height).Minus(3));
        Assert.Equal("2*H+2*W-1", Height.Plus(width).Times(2).Plus(2).Minus(3).ToString());
    }

    [Fact]
    public void A_next_multiple_is_one_at_run_time()
    {
        var (dim, image) = (Height.RoundedUpTo(32), Image());

        Assert.Equal(224, SizeBindings.Of([image], Shapes(image, 1, 3, 200, 4)).SizeOf(dim));
        Assert.Equal(32, SizeBindings.Of([image], Shapes(image, 1, 3, 32, 4)).SizeOf(dim));
    }

    [Fact]
    public void Inputs_that_contradict_the_description_are_refused()
    {
        var g = new GraphBuilder("net");
        var image = g.Input("image", 1, 3, Dim.SymbolicMultiple("h", 32), Dim.SymbolicMultiple("h", 32));

        Assert.Equal(64, SizeBindings.Of([image], Shapes(image, 1, 3, 64, 64)).SizeOf(image.Shape[2]));
        Assert.Throws<ShapeException>(() => SizeBindings.Of([image], Shapes(image, 1, 3, 65, 65)));
        Assert.Throws<ShapeException>(() => SizeBindings.Of([image], Shapes(image, 1, 3, 64, 96)));
        Assert.Throws<ShapeException>(() => SizeBindings.Of([image], Shapes(image, 1, 64, 64)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(97)]
    public void Every_rewriting_keeps_the_value(long size)
    {
        var image = Image();
        var bindings = SizeBindings.Of([image], Shapes(image, 1, 3, size, 5));

        for (var (divisor, number) = (1, -7); divisor < 12; divisor++, number++)
        {
            var inner = Floor((3 * size) + 20 + number, divisor);
            var dim = Height.Times(3).Plus(Dim.FromInt64(20)).Plus(Dim.FromInt64(20)).Minus(20 - number).DividedBy(divisor);
            Assert.Equal(inner, bindings.SizeOf(dim));
            Assert.Equal(Floor((2 * inner) + 3, 4), bindings.SizeOf(dim.Times(2).Plus(3).DividedBy(4)));
            Assert.Equal(Floor(inner + 5, 3), bindings.SizeOf(dim.Plus(5).DividedBy(3)));
        }
    }

    private static long Floor(long a, long b) => (long)Math.Floor(a / (double)b);

    private static Dim Half(Dim dim) => dim.Plus(1).DividedBy(2);

    private static Value Image() => new GraphBuilder("net").Input("image", 1, 3, Height, Dim.Symbolic("W"));

    private static Dictionary<string, IReadOnlyList<long>> Shapes(Value input, params long[] sizes) => new() { [input.Name] = sizes };
}
