using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>From what is kept of an image and prompts to masks: coarse, then finer, every level correcting the one before.</summary>
internal sealed class SeedlingDecoder
{
    private readonly GraphBuilder _g;
    private readonly SeedlingConfig _config;
    private readonly SeedlingPrompts _prompts;

    private SeedlingDecoder(GraphBuilder g, SeedlingConfig config, SeedlingPrompts prompts) => (_g, _config, _prompts) = (g, config, prompts);

    /// <summary>Describes the first half: all that is known of the masks but for their last step.</summary>
    /// <param name="g">In the scope <c>decoder</c>.</param>
    /// <param name="image">What is known of the image.</param>
    /// <param name="prompts">P prompts.</param>
    /// <param name="config">The sizes.</param>
    public static SeedlingDraft Draft(GraphBuilder g, SeedlingImageSide.Coarser image, SeedlingPrompts prompts, SeedlingConfig config)
    {
        var decoder = new SeedlingDecoder(g, config, prompts);
        var (x, coarse) = decoder.Coarse(g.Scope("16"), image);
        var (y, middle) = decoder.Middle(g.Scope("8"), image.Middle, x, coarse);
        return new SeedlingDraft(y, middle, SeedlingQuality.Describe(g.Scope("quality"), x, y, g.Sigmoid(middle), prompts, config));
    }

    /// <summary>Describes the second half.</summary>
    /// <param name="g">In the scope <c>decoder</c>.</param>
    /// <param name="fine">What is known of the image at stride 4.</param>
    /// <param name="features">The draft's, [P,C,H/8,W/8].</param>
    /// <param name="logits">The draft's, [P,M,H/8,W/8].</param>
    /// <param name="prompts">P prompts.</param>
    /// <param name="config">The sizes.</param>
    /// <returns>Logits [P,M,H/4,W/4].</returns>
    public static Value Masks(GraphBuilder g, SeedlingImageLevel fine, Value features, Value logits, SeedlingPrompts prompts, SeedlingConfig config) =>
        new SeedlingDecoder(g, config, prompts).Fine(g.Scope("4"), fine, features, logits);

    private (Value Features, Value Logits) Coarse(GraphBuilder g, SeedlingImageSide.Coarser image)
    {
        var (level, features) = (_config.Coarse, image.Coarse.Features);
        var likeness = new SeedlingLikeness(g, image.Coarse, level);
        var drawing = new SeedlingDrawing(g, _prompts, features, stride: 16);
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
            SeedlingSpread.Describe(g, seeds, image.Walls, _config.SpreadSteps),
            likeness.ToLikest(points, Counted(0)),
            likeness.ToLikest(points, Counted(1)),
            box,
            drawing.BoxCentre(),
            mask,
            likeness.ToRegions(g.Concat(1, box, outside, mask, g.Subtract(_prompts.HasMask, mask))),
            g.AveragePool2d(_prompts.Regions, kernel: 4, stride: 4));
        var x = g.Add(g.Add(features, g.Conv2d(told, "prompt", level.Features, kernel: 3, padding: 1)), Whole(g, points));
        x = Residual(g.Scope("0"), x);
        x = g.Add(x, Exchange(g.Scope("exchange"), x, image.Kinship));
        x = g.Relu(Residual(g.Scope("1"), x, dilation: 2));
        return (x, g.Add(g.Conv2d(told, "prior", SeedlingConfig.Masks, kernel: 1), g.Conv2d(x, "masks", SeedlingConfig.Masks, kernel: 1)));
    }

    private (Value Features, Value Logits) Middle(GraphBuilder g, SeedlingImageLevel image, Value x, Value coarse)
    {
        var level = _config.Middle;
        var likeness = new SeedlingLikeness(g, image, level);
        var drawing = new SeedlingDrawing(g, _prompts, image.Features, stride: 8);
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
        var y = Join(g, image.Features, x, told, level.Features);
        y = g.Relu(Residual(g.Scope("0"), y));
        return (y, g.Add(logits, g.Conv2d(y, "masks", SeedlingConfig.Masks, kernel: 1)));
    }

    private Value Fine(GraphBuilder g, SeedlingImageLevel image, Value y, Value middle)
    {
        var level = _config.Fine;
        var likeness = new SeedlingLikeness(g, image, level);
        var drawing = new SeedlingDrawing(g, _prompts, image.Features, stride: 4);
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
        var z = Join(g, image.Features, y, told, level.Features);
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

    // Every cell takes in what the cells of its own kind know.
    private Value Exchange(GraphBuilder g, Value x, Value kinship)
    {
        var (level, prompts, cells) = (_config.Coarse, x.Shape[0], kinship.Shape[3]);
        var width = level.Features / level.Heads;
        var known = g.Reshape(g.Conv2d(g.Relu(x), "value", level.Features, kernel: 1), prompts, level.Heads, width, cells);
        var heard = g.MatMul(kinship, g.Transpose(known, 0, 1, 3, 2)); // [P,n,h*w,c]
        var map = g.Reshape(g.Transpose(heard, 0, 1, 3, 2), prompts, level.Features, x.Shape[2], x.Shape[3]);
        return g.Conv2d(map, "last", level.Features, kernel: 1);
    }
}
