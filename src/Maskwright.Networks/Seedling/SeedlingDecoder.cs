using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>From what is kept of an image and prompts to masks: coarse, then finer, every level correcting the one before.</summary>
internal sealed class SeedlingDecoder
{
    private readonly GraphBuilder _g;
    private readonly SeedlingConfig _config;
    private readonly SeedlingPrompts _prompts;

    private SeedlingDecoder(GraphBuilder g, SeedlingConfig config, SeedlingPrompts prompts) => (_g, _config, _prompts) = (g, config, prompts);

    /// <summary>Describes the decoder.</summary>
    /// <param name="g">In the scope <c>decoder</c>.</param>
    /// <param name="f4">[1,c4,H/4,W/4].</param>
    /// <param name="f8">[1,c8,H/8,W/8].</param>
    /// <param name="f16">[1,c16,H/16,W/16].</param>
    /// <param name="prompts">P prompts.</param>
    /// <param name="config">The sizes.</param>
    /// <returns>Logits [P,M,H/4,W/4] and predicted IoU [P,M].</returns>
    public static (Value Masks, Value Quality) Describe(GraphBuilder g, Value f4, Value f8, Value f16, SeedlingPrompts prompts, SeedlingConfig config)
    {
        var decoder = new SeedlingDecoder(g, config, prompts);
        var (x, coarse) = decoder.Coarse(g.Scope("16"), f16);
        var (y, middle) = decoder.Middle(g.Scope("8"), f8, x, coarse);
        var quality = SeedlingQuality.Describe(g.Scope("quality"), x, y, g.Sigmoid(middle), prompts, config);
        return (decoder.Fine(g.Scope("4"), f4, y, middle), quality);
    }

    private (Value Features, Value Logits) Coarse(GraphBuilder g, Value f16)
    {
        var level = _config.Coarse;
        var features = g.Slice(f16, 1, 0, level.Features);
        var likeness = new SeedlingLikeness(g, g.Slice(f16, 1, level.Features, level.Keys), level);
        var walls = g.Slice(f16, 1, level.Features + level.Keys, _config.Walls);
        var drawing = new SeedlingDrawing(g, _prompts, f16, stride: 16);
        var (box, near) = (drawing.Box(), drawing.Clicks(12));
        var outside = g.Subtract(_prompts.HasBox, box);
        var mask = g.AveragePool2d(_prompts.Mask, kernel: 4, stride: 4);
        var points = likeness.Describe(drawing.Surroundings(8));
        var seeds = g.Concat(1, g.Slice(near, 1, 0, 1), g.Add(g.Slice(near, 1, 1, 1), outside));
        var told = g.Concat( // in the order of SeedlingPrior
            1,
            near,
            drawing.Clicks(40),
            drawing.Clicks(120),
            SeedlingSpread.Describe(g, seeds, walls, _config.SpreadSteps),
            likeness.ToLikest(points, Counted(0)),
            likeness.ToLikest(points, Counted(1)),
            box,
            drawing.BoxCentre(),
            mask,
            likeness.ToRegions(g.Concat(1, box, outside, mask, g.Subtract(_prompts.HasMask, mask))),
            g.AveragePool2d(_prompts.Regions, kernel: 4, stride: 4));
        var x = g.Add(g.Add(features, g.Conv2d(told, "prompt", level.Features, kernel: 3, padding: 1)), Whole(g, points));
        x = Residual(g.Scope("0"), x);
        x = g.Add(x, Exchange(g.Scope("exchange"), x, likeness.ByHead));
        x = g.Relu(Residual(g.Scope("1"), x, dilation: 2));
        return (x, g.Add(g.Conv2d(told, "prior", SeedlingConfig.Masks, kernel: 1), g.Conv2d(x, "masks", SeedlingConfig.Masks, kernel: 1)));
    }

    private (Value Features, Value Logits) Middle(GraphBuilder g, Value f8, Value x, Value coarse)
    {
        var level = _config.Middle;
        var likeness = new SeedlingLikeness(g, g.Slice(f8, 1, level.Features, level.Keys), level);
        var drawing = new SeedlingDrawing(g, _prompts, f8, stride: 8);
        var logits = g.Enlarge(coarse, 2);
        var probable = g.Sigmoid(logits);
        var first = g.Slice(probable, 1, 0, 1);
        var points = likeness.Describe(drawing.Surroundings(5));
        var told = g.Concat(
            1,
            drawing.Clicks(6),
            drawing.Clicks(20),
            likeness.ToLikest(points, Counted(0)),
            likeness.ToLikest(points, Counted(1)),
            drawing.Box(),
            g.AveragePool2d(_prompts.Mask, kernel: 2, stride: 2),
            probable,
            likeness.ToRegions(g.Concat(1, first, g.Subtract(g.Number(1), first))),
            g.AveragePool2d(_prompts.Regions, kernel: 2, stride: 2));
        var y = Join(g, g.Slice(f8, 1, 0, level.Features), x, told, level.Features);
        y = g.Relu(Residual(g.Scope("0"), y));
        return (y, g.Add(logits, g.Conv2d(y, "masks", SeedlingConfig.Masks, kernel: 1)));
    }

    private Value Fine(GraphBuilder g, Value f4, Value y, Value middle)
    {
        var level = _config.Fine;
        var likeness = new SeedlingLikeness(g, g.Slice(f4, 1, level.Features, level.Keys), level);
        var drawing = new SeedlingDrawing(g, _prompts, f4, stride: 4);
        var logits = g.Enlarge(middle, 2);
        var probable = g.Sigmoid(logits);
        var first = g.Slice(probable, 1, 0, 1);
        var told = g.Concat(
            1,
            drawing.Clicks(4),
            drawing.Box(),
            _prompts.Mask,
            probable,
            likeness.ToRegions(g.Concat(1, first, g.Subtract(g.Number(1), first))),
            _prompts.Regions);
        var z = Join(g, g.Slice(f4, 1, 0, level.Features), y, told, level.Features);
        z = g.Relu(g.Add(z, g.Conv2d(g.Relu(z), "last", level.Features, kernel: 3, padding: 1)));
        return g.Add(logits, g.Conv2d(z, "masks", SeedlingConfig.Masks, kernel: 3, padding: 1));
    }

    // [P,1,N,1]: the clicks on the object (0) or beside it (1).
    private Value Counted(int kind) => _g.Slice(_prompts.Clicks, 1, kind, 1);

    private static Value Join(GraphBuilder g, Value features, Value above, Value told, int channels)
    {
        var down = g.Enlarge(g.Conv2d(above, "above", channels, kernel: 1), 2);
        return g.Add(g.Add(features, down), g.Conv2d(told, "prompt", channels, kernel: 3, padding: 1));
    }

    // x + conv(relu(conv(relu(x)))); without normalisation, so that no prompt depends on its neighbours.
    private static Value Residual(GraphBuilder g, Value x, int dilation = 1)
    {
        var channels = x.Shape[1];
        var inner = g.Relu(g.Conv2d(g.Relu(x), "first", channels, kernel: 3, padding: dilation, dilation: dilation));
        return g.Add(x, g.Conv2d(inner, "last", channels, kernel: 3, padding: dilation, dilation: dilation));
    }

    // What holds for the whole image: which kinds of prompts there are, and what the clicked object looks like. [P,C,1,1]
    private Value Whole(GraphBuilder g, Value points)
    {
        var prompts = _prompts.HasBox.Shape[0];
        var counts = g.Reshape(Counted(0), prompts, 1, _prompts.Clicks.Shape[2]); // [P,1,N]
        var mean = g.Divide(g.MatMul(counts, points), g.Add(g.Sum(counts, [-1]), 1e-3)); // [P,1,n*d]
        Value Flag(Value flag) => g.Reshape(flag, prompts, 1, 1);
        var told = g.Concat(2, mean, Flag(_prompts.HasBox), Flag(_prompts.HasMask));
        return g.Reshape(g.Linear(told, "whole", _config.Coarse.Features), prompts, _config.Coarse.Features, 1, 1);
    }

    // Every cell takes in what the cells of its own kind know; who is of one kind depends on the image alone.
    private Value Exchange(GraphBuilder g, Value x, Value keys)
    {
        var (level, prompts, cells) = (_config.Coarse, x.Shape[0], keys.Shape[3]);
        var sharpness = g.Parameter("sharpness", 1, level.Heads, 1, 1);
        var kinship = g.Softmax(g.MatMul(g.Transpose(g.Multiply(keys, sharpness), 0, 1, 3, 2), keys)); // [1,n,h*w,h*w]
        var width = level.Features / level.Heads;
        var known = g.Reshape(g.Conv2d(g.Relu(x), "value", level.Features, kernel: 1), prompts, level.Heads, width, cells);
        var heard = g.MatMul(kinship, g.Transpose(known, 0, 1, 3, 2)); // [P,n,h*w,c]
        var map = g.Reshape(g.Transpose(heard, 0, 1, 3, 2), prompts, level.Features, x.Shape[2], x.Shape[3]);
        return g.Conv2d(map, "last", level.Features, kernel: 1);
    }
}
