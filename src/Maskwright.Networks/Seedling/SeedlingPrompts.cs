using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>The prompts of a run, taken apart so that every level can draw them.</summary>
/// <param name="X">[P,1,N,1] pixels of the network's frame.</param>
/// <param name="Y">[P,1,N,1] likewise.</param>
/// <param name="Clicks">[P,2,N,1]: 1 where a point lies on the object, and 1 where it lies beside it.</param>
/// <param name="HasBox">[P,1,1,1]: 1 with a box, else 0.</param>
/// <param name="Left">[P,1,1,1] left edge of the box; 0 without one.</param>
/// <param name="Top">[P,1,1,1] likewise.</param>
/// <param name="Right">[P,1,1,1] likewise.</param>
/// <param name="Bottom">[P,1,1,1] likewise.</param>
/// <param name="HasMask">[P,1,1,1]: 1 with an earlier mask, else 0.</param>
/// <param name="Mask">[P,1,H/4,W/4]: how likely a cell belonged to the earlier mask; 0 without one.</param>
/// <param name="Regions">[P,R,H/4,W/4]: what the hierarchy of regions answers, in [-1,1]; 0 where it was not asked.</param>
internal sealed record SeedlingPrompts(
    Value X, Value Y, Value Clicks, Value HasBox, Value Left, Value Top, Value Right, Value Bottom, Value HasMask, Value Mask, Value Regions)
{
    private const int Inside = 1;
    private const int Beside = 0;
    private const int TopLeft = 2;
    private const int BottomRight = 3;

    /// <summary>Takes prompts apart; labels other than SAM's four count for nothing.</summary>
    /// <param name="g">In any scope.</param>
    /// <param name="points">[P,N,2] x and y.</param>
    /// <param name="labels">[P,N]: 1 on the object, 0 beside it, 2 and 3 corners of a box.</param>
    /// <param name="mask">[P,1,H/4,W/4] logits of an earlier mask.</param>
    /// <param name="hasMask">[P]: 1 where there is one, else 0.</param>
    /// <param name="regions">[P,R,H/4,W/4] in [-1,1].</param>
    public static SeedlingPrompts Of(GraphBuilder g, Value points, Value labels, Value mask, Value hasMask, Value regions)
    {
        var (prompts, count) = (labels.Shape[0], labels.Shape[1]);
        Value Labelled(int label) => g.Reshape(g.IsEqualTo(labels, label), prompts, 1, count, 1);
        var x = g.Reshape(g.Slice(points, 2, 0, 1), prompts, 1, count, 1);
        var y = g.Reshape(g.Slice(points, 2, 1, 1), prompts, 1, count, 1);
        var (first, last) = (Labelled(TopLeft), Labelled(BottomRight));
        var given = g.Reshape(hasMask, prompts, 1, 1, 1);
        Value Corner(Value coordinate, Value corner) => g.Sum(g.Multiply(coordinate, corner), [2]);
        return new SeedlingPrompts(
            x,
            y,
            g.Concat(1, Labelled(Inside), Labelled(Beside)),
            g.Sum(first, [2]),
            Corner(x, first),
            Corner(y, first),
            Corner(x, last),
            Corner(y, last),
            given,
            g.Multiply(g.Sigmoid(mask), given),
            regions);
    }
}
