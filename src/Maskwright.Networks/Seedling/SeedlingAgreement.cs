using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>How far every mask agrees with the prompt, with an earlier mask, with the readings of the regions, and with the other masks.</summary>
/// <remarks>What tells a better mask of an object from a worse one is hardly seen in mean features; these numbers say it plainly.</remarks>
internal sealed class SeedlingAgreement
{
    private const double Sharpness = 20;

    private readonly GraphBuilder _g;
    private readonly SeedlingPrompts _prompts;
    private readonly Value _columns;
    private readonly Value _shares;

    /// <param name="g">In any scope.</param>
    /// <param name="prompts">P prompts.</param>
    /// <param name="probable">[P,M,h,w] masks in [0,1], at stride 8.</param>
    public SeedlingAgreement(GraphBuilder g, SeedlingPrompts prompts, Value probable)
    {
        (_g, _prompts) = (g, prompts);
        var flat = Flat(probable);
        _columns = g.Transpose(flat, 0, 2, 1); // [P,h*w,M]
        _shares = g.Transpose(g.Sum(flat, [-1]), 0, 2, 1); // [P,1,M]
        var readings = g.AveragePool2d(prompts.Regions, kernel: 2, stride: 2);
        var inside = g.Minimum(g.Multiply(g.Relu(readings), Sharpness), g.Number(1));
        var earlier = g.AveragePool2d(prompts.Mask, kernel: 2, stride: 2);
        var drawing = new SeedlingDrawing(g, prompts, probable, stride: 8);
        Each = g.Transpose(g.Concat(1, Clicks(drawing), Box(Flat(drawing.Box())), Ious(Flat(g.Concat(1, probable, earlier, inside)))), 0, 2, 1);
        Whole = g.Transpose(g.Concat(1, g.Max(Flat(readings), [-1]), Flag(prompts.HasBox), Flag(prompts.HasMask)), 0, 2, 1);
    }

    /// <summary>[P,M,12]: of each mask, the worst click on the object and beside it, the parts inside the box and of the box, IoU with the M masks, the earlier one, the R readings.</summary>
    public Value Each { get; }

    /// <summary>[P,1,5]: how good the readings are thought to be, and whether there are a box and an earlier mask.</summary>
    public Value Whole { get; }

    private Value Flat(Value maps) => _g.Reshape(maps, maps.Shape[0], maps.Shape[1], maps.Shape[2].Times(maps.Shape[3]));

    private Value Flag(Value flag) => _g.Reshape(flag, flag.Shape[0], 1, 1);

    // How far a click on the object lies outside, and one beside it inside: [P,2,M], the worst of each.
    private Value Clicks(SeedlingDrawing drawing)
    {
        var held = _g.MatMul(drawing.Surroundings(5), _columns); // [P,N,M]
        Value Worst(int kind, Value wrong)
        {
            var clicks = _g.Slice(_prompts.Clicks, 1, kind, 1);
            return _g.Max(_g.Multiply(wrong, _g.Reshape(clicks, clicks.Shape[0], clicks.Shape[2], 1)), [1]);
        }

        return _g.Concat(1, Worst(0, _g.Subtract(_g.Number(1), held)), Worst(1, held));
    }

    // [P,2,M]: the part of a mask inside the box, and the part of the box inside the mask.
    private Value Box(Value box)
    {
        var both = _g.MatMul(box, _columns);
        return _g.Concat(1, _g.Divide(both, _g.Add(_shares, 1.0)), _g.Divide(both, _g.Add(_g.Sum(box, [-1]), 1.0)));
    }

    // [P,R,h*w] to [P,R,M].
    private Value Ious(Value others)
    {
        var both = _g.MatMul(others, _columns);
        return _g.Divide(both, _g.Subtract(_g.Add(_g.Add(_g.Sum(others, [-1]), _shares), 1.0), both));
    }
}
