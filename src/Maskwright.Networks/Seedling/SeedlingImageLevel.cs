using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>What the decoder needs of an image at one stride, whatever the prompt.</summary>
/// <param name="Features">[1,C,h,w], or [P,C,h,w] where every prompt has an image of its own; likewise below.</param>
/// <param name="ByHead">Unit vectors of every cell for n heads of width d, [1,n,d,h*w].</param>
/// <param name="ByCell">The same, [h*w,n*d] or [P,h*w,n*d].</param>
internal sealed record SeedlingImageLevel(Value Features, Value ByHead, Value ByCell)
{
    /// <summary>Takes apart what the encoder says.</summary>
    /// <param name="g">In any scope.</param>
    /// <param name="map">[1 or P,c,h,w]: features, keys, and what may follow.</param>
    /// <param name="level">The sizes.</param>
    public static SeedlingImageLevel Of(GraphBuilder g, Value map, SeedlingLevel level)
    {
        var keys = g.Slice(map, 1, level.Features, level.Keys);
        var (batch, cells) = (keys.Shape[0], keys.Shape[2].Times(keys.Shape[3]));
        return new SeedlingImageLevel(
            g.Slice(map, 1, 0, level.Features),
            g.Reshape(keys, batch, level.Heads, level.HeadWidth, cells),
            batch.Size == 1 ? g.Transpose(g.Reshape(keys, level.Keys, cells), 1, 0) : g.Transpose(g.Reshape(keys, batch, level.Keys, cells), 0, 2, 1));
    }

    /// <summary>Its tensors as a graph's outputs.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="name">What their names begin with.</param>
    public void Output(GraphBuilder g, string name)
    {
        g.Output($"{name}.features", Features);
        g.Output($"{name}.by_head", ByHead);
        g.Output($"{name}.by_cell", ByCell);
    }

    /// <summary>Its tensors as another graph takes them in.</summary>
    /// <param name="g">The other graph.</param>
    /// <param name="made">The graph that gives them out.</param>
    /// <param name="name">What their names begin with.</param>
    public static SeedlingImageLevel Input(GraphBuilder g, Graph made, string name)
    {
        Value Take(string part) => g.Input($"{name}.{part}", [.. made.Outputs[$"{name}.{part}"].Shape]);
        return new SeedlingImageLevel(Take("features"), Take("by_head"), Take("by_cell"));
    }
}
