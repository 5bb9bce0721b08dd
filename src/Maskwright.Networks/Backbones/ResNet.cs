using Maskwright.Graphs;

namespace Maskwright.Networks.Backbones;

/// <summary>A residual network without its classifier.</summary>
/// <remarks>
/// torchvision <c>resnet.py</c> at 0.14.1, with its rule for dilation: the first block of a dilated stage keeps the dilation of the stage before.
/// Deviation: two-convolution blocks may be dilated too.
/// </remarks>
internal static class ResNet
{
    private const int Widening = 4;

    public static BackboneFeatures Describe(GraphBuilder g, Value image, ResNetConfig config)
    {
        if (config.InnerWidths is { } inner && inner.Count != config.Blocks.Count)
        {
            throw new ArgumentException($"A residual network of {config.Blocks.Count} stages has {inner.Count} inner widths.", nameof(config));
        }

        var unit = new UnitShape(7, 2, Epsilon: config.BatchNormEpsilon);
        var stem = ConvolutionUnit.Describe(g, image, "conv1", "bn1", new Dim("stem", config.Width), unit); // [B,64,H/2,W/2]
        var x = g.MaxPool2d(stem, 3, 2, 1); // [B,64,H/4,W/4]
        var stages = new List<Value> { stem };
        for (var (stage, stride, dilation) = (0, 4, 1); stage < config.Blocks.Count; stage++)
        {
            var (step, first) = (stage == 0 ? 1 : 2, dilation);
            if (stride * step > config.OutputStride)
            {
                (dilation, step) = (dilation * step, 1);
            }

            stride *= step;
            x = Stage(g.Scope($"layer{stage + 1}"), x, config, stage, step, first, dilation);
            stages.Add(x);
        }

        return new BackboneFeatures(stages, stages[^2]);
    }

    private static Value Stage(GraphBuilder g, Value x, ResNetConfig config, int stage, int step, int firstDilation, int dilation)
    {
        var width = config.Width << stage;
        var stream = new Dim($"layer{stage + 1}", config.IsBottleneck ? Widening * width : width);
        for (var block = 0; block < config.Blocks[stage]; block++)
        {
            var inner = new Dim($"layer{stage + 1}.{block}", config.InnerWidths?[stage] ?? width);
            var shape = new UnitShape(3, block == 0 ? step : 1, block == 0 ? firstDilation : dilation, Epsilon: config.BatchNormEpsilon);
            x = Block(g.Scope($"{block}"), x, stream, inner, shape, config.IsBottleneck, block == 0 && (step > 1 || !x.Shape[1].Equals(stream)));
        }

        return x;
    }

    private static Value Block(GraphBuilder g, Value x, Dim stream, Dim inner, UnitShape shape, bool isBottleneck, bool projects)
    {
        var point = new UnitShape(1, Epsilon: shape.Epsilon);
        var y = isBottleneck
            ? ConvolutionUnit.Describe(g, ConvolutionUnit.Describe(g, x, "conv1", "bn1", inner, point), "conv2", "bn2", inner, shape)
            : ConvolutionUnit.Describe(g, x, "conv1", "bn1", inner, shape);
        y = isBottleneck
            ? ConvolutionUnit.Describe(g, y, "conv3", "bn3", stream, point, activation: null)
            : ConvolutionUnit.Describe(g, y, "conv2", "bn2", stream, shape with { Stride = 1 }, activation: null);
        var shortcut = projects ? ConvolutionUnit.Describe(g, x, "downsample.0", "downsample.1", stream, point with { Stride = shape.Stride }, activation: null) : x;
        return g.Relu(g.Add(y, shortcut));
    }
}
