using Maskwright.Graphs;

namespace Maskwright.Networks.Sam.Folded;

/// <summary>All that the up-scaler needs of a prompt: masks can be computed from it, or left.</summary>
/// <param name="Filters">[P,M,C/8], what each mask looks for.</param>
/// <param name="Shares">A, [P,R,N].</param>
/// <param name="Rows">The rows of M through the up-scaler's first layer, [P,C,R].</param>
/// <param name="Image">What the image's part is multiplied with, [P,1,N].</param>
/// <param name="Divisor">One over the spread of every cell, [P,1,N].</param>
internal sealed record FoldedDraft(Value Filters, Value Shares, Value Rows, Value Image, Value Divisor)
{
    private const string Prefix = "draft.";

    /// <summary>The names of its tensors.</summary>
    public static IReadOnlyList<string> Names { get; } = [$"{Prefix}filters", $"{Prefix}shares", $"{Prefix}rows", $"{Prefix}image", $"{Prefix}divisor"];

    /// <summary>Its tensors, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<Value> Tensors => [Filters, Shares, Rows, Image, Divisor];

    /// <summary>A draft that a graph takes in.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="made">The draft as another graph gives it out.</param>
    public static FoldedDraft Input(GraphBuilder g, Graph made)
    {
        Value[] inputs = [.. Names.Select(name => g.Input(name, [.. made.Outputs[name].Shape]))];
        return new FoldedDraft(inputs[0], inputs[1], inputs[2], inputs[3], inputs[4]);
    }
}
