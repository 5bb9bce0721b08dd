using Maskwright.Graphs.Operations;
using Xunit;

namespace Maskwright.Graphs.Tests;

public class GraphBuilderTests
{
    [Fact]
    public void Names_parameters_by_their_scope_in_the_order_in_which_they_are_met()
    {
        var g = new GraphBuilder("net");
        var x = g.Input("x", 1, 3, 8, 8);

        x = g.Scope("a").Conv2d(x, "proj", 4, kernel: 2, stride: 2);
        g.Output("y", g.Scope("b.0").LayerNorm2d(x, "norm"));
        var graph = g.Build();

        Assert.Equal(["a.proj.weight", "a.proj.bias", "b.0.norm.weight", "b.0.norm.bias"], graph.Parameters.Select(p => p.Name));
        Assert.Equal("[1, 4, 4, 4]", graph.Outputs["y"].Shape.ToString());
    }

    [Fact]
    public void Says_where_shapes_do_not_fit_and_what_would()
    {
        var g = new GraphBuilder("net").Scope("head");
        var x = g.Input("x", Dim.Symbolic("B"), 7);

        var fault = Assert.Throws<ShapeException>(() => g.MatMul(x, g.Parameter("w", 6, 2)));

        Assert.Equal("net, head.matmul: [B, 7] cannot be multiplied with [6, 2]: the inner axes are 7 and 6", fault.Message);
    }

    [Fact]
    public void Refuses_a_parameter_of_two_shapes()
    {
        var g = new GraphBuilder("net");
        g.Parameter("w", 2, 3);

        Assert.Throws<ShapeException>(() => g.Parameter("w", 3, 2));
    }

    [Fact]
    public void Leaves_out_what_no_output_needs()
    {
        var g = new GraphBuilder("net");
        var x = g.Input("x", 1, 4);
        g.Linear(x, "unused", 5);
        g.Output("y", g.Linear(x, "used", 3));

        var graph = g.Build();

        Assert.Equal(["used.weight", "used.bias"], graph.Parameters.Select(p => p.Name));
        Assert.Single(graph.Nodes);
    }

    [Fact]
    public void Carries_named_dimensions_through_layers()
    {
        var g = new GraphBuilder("net");
        var (heads, width) = (new Dim("heads", 2), new Dim("width", 3));
        var qkv = g.Linear(g.Input("x", 1, 4, 4, 8), "qkv", Dim.Product(3, heads, width));

        var attended = g.Apply("attention", new RelativePositionSelfAttention(2, 1), qkv, g.Parameter("h", 7, width), g.Parameter("w", 7, width));

        Assert.Equal([heads, width], attended.Shape[3].Factors);
    }

    [Fact]
    public void Counts_windows_with_their_padding()
    {
        var g = new GraphBuilder("net");
        var x = g.Apply("cut", new WindowPartition(14), g.Input("x", 1, 64, 64, 8));
        g.Output("y", g.Linear(x, "layer", 8, bias: false));

        var summary = GraphSummary.Of(g.Build());

        Assert.Equal(25 * 14 * 14 * 8 * 8, summary.Cost!.Value.Module);
        Assert.Equal(64, summary.ParameterCount);
    }
}
