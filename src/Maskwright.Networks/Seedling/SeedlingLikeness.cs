using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>How much every cell is like what a prompt points at: products of unit vectors, one for every head.</summary>
/// <remarks>This is what makes a click tell something before anything is learned: cells of its colour and texture answer to it.</remarks>
internal sealed class SeedlingLikeness
{
    private readonly GraphBuilder _g;
    private readonly SeedlingLevel _level;
    private readonly SeedlingImageLevel _image;
    private readonly Dim _height;
    private readonly Dim _width;

    /// <param name="g">In any scope.</param>
    /// <param name="image">The cells.</param>
    /// <param name="level">n heads of width d.</param>
    public SeedlingLikeness(GraphBuilder g, SeedlingImageLevel image, SeedlingLevel level) =>
        (_g, _image, _level, _height, _width) = (g, image, level, image.Features.Shape[2], image.Features.Shape[3]);

    /// <summary>The mean key under weights: [P,R,h*w] of sum 1 gives [P,R,n*d].</summary>
    public Value Describe(Value weights) => _g.MatMul(weights, _image.ByCell);

    /// <summary>The likeness to the likest of the clicks that count, -1 where none does: [P,n,h,w].</summary>
    /// <param name="descriptions">[P,N,n*d] of the points.</param>
    /// <param name="counts">[P,1,N,1]: 1 for points that count, else 0.</param>
    public Value ToLikest(Value descriptions, Value counts)
    {
        var likeness = Compare(descriptions); // [P,n,N,h*w]
        var counted = _g.Add(_g.Multiply(_g.Add(likeness, 1.0), counts), -1.0);
        var best = _g.Max(counted, [2]); // [P,n,1,h*w]
        return _g.Reshape(best, best.Shape[0], _level.Heads, _height, _width);
    }

    /// <summary>The likeness to the mean of every region, 0 for an empty one: [P,n*R,h,w].</summary>
    /// <param name="regions">[P,R,h,w] weights, not negative.</param>
    public Value ToRegions(Value regions)
    {
        var (prompts, count) = (regions.Shape[0], regions.Shape[1]);
        var flat = _g.Reshape(regions, prompts, count, _height.Times(_width));
        var means = _g.Divide(Describe(flat), _g.Add(_g.Sum(flat, [-1]), 1e-3)); // [P,R,n*d]
        return _g.Reshape(Compare(means), prompts, count.Times(_level.Heads), _height, _width);
    }

    // [P,R,n*d] to [P,n,R,h*w].
    private Value Compare(Value descriptions)
    {
        var heads = _g.Reshape(descriptions, descriptions.Shape[0], descriptions.Shape[1], _level.Heads, _level.HeadWidth);
        return _g.MatMul(_g.Transpose(heads, 0, 2, 1, 3), _image.ByHead);
    }
}
