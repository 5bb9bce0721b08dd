using Maskwright.Graphs;
using Maskwright.Networks.Backbones;

namespace Maskwright.Networks.Seedling;

/// <summary>Seedling's view of an image: a residual network, context among its coarsest cells, and a top-down path back to stride 4.</summary>
/// <remarks>He et al. 2016 (ResNet, averaging shortcuts as in He et al. 2019); Lin et al. 2017 (feature pyramid).</remarks>
internal static class SeedlingEncoder
{
    /// <summary>Describes the encoder.</summary>
    /// <param name="g">In the scope <c>encoder</c>.</param>
    /// <param name="image">[B,3,H,W], normalised.</param>
    /// <param name="config">The sizes.</param>
    public static SeedlingFeatures Describe(GraphBuilder g, Value image, SeedlingConfig config)
    {
        var maps = config.Body is { } body ? ResNet.Describe(g.Scope("body"), image, body).Stages : Trunk(g, image, config);
        return SeedlingNeck.Describe(g, [.. maps.Skip(1)], config);
    }

    /// <summary>Describes the encoder without its top-down path.</summary>
    /// <param name="g">In the scope whose names begin with <c>stem</c>, <c>stages</c> and <c>context</c>.</param>
    /// <param name="image">[B,3,H,W], normalised.</param>
    /// <param name="config">The sizes.</param>
    /// <param name="coarsestBlocks">Blocks of the coarsest stage; fewer than it has leave the attention out too, and 0 the whole stage. Null means all.</param>
    /// <returns>The stem's map of stride 2, then those of the stages.</returns>
    public static Value[] Trunk(GraphBuilder g, Value image, SeedlingConfig config, int? coarsestBlocks = null)
    {
        var (all, isWhole) = (config.Stages.Count, coarsestBlocks is null || coarsestBlocks == config.Stages[^1].Blocks);
        var maps = new Value[coarsestBlocks == 0 ? all : all + 1];
        maps[0] = Unit(g, image, "stem.0", config.StemChannels, stride: 2);
        var x = Unit(g, maps[0], "stem.1", config.Stages[0].Channels, stride: 2);
        for (var s = 0; s < maps.Length - 1; s++)
        {
            var blocks = s == all - 1 ? coarsestBlocks ?? config.Stages[s].Blocks : config.Stages[s].Blocks;
            for (var b = 0; b < blocks; b++)
            {
                x = Block(g.Scope($"stages.{s}.{b}"), x, config.Stages[s].Channels, stride: s > 0 && b == 0 ? 2 : 1);
            }

            maps[s + 1] = x;
        }

        maps[^1] = isWhole ? Context(g.Scope("context"), maps[^1], config.ContextHeads) : maps[^1];
        return maps;
    }

    /// <summary>Convolution, batch normalisation and, unless told otherwise, ReLU.</summary>
    internal static Value Unit(GraphBuilder g, Value x, string name, int channels, int kernel = 3, int stride = 1, bool activate = true)
    {
        var normal = g.BatchNorm2d(g.Conv2d(x, $"{name}.conv", channels, kernel, stride, padding: kernel / 2, bias: false), $"{name}.norm");
        return activate ? g.Relu(normal) : normal;
    }

    private static Value Block(GraphBuilder g, Value x, int channels, int stride)
    {
        var shortcut = stride == 1 ? x : Unit(g, g.AveragePool2d(x, kernel: 2, stride: 2, countPadding: false, ceilMode: true), "shortcut", channels, kernel: 1, activate: false);
        var residual = Unit(g, Unit(g, x, "first", channels, stride: stride), "last", channels, activate: false);
        return g.Relu(g.Add(shortcut, residual));
    }

    /// <summary>Lets the cells of a map attend to one another.</summary>
    internal static Value Context(GraphBuilder g, Value x, int heads)
    {
        var (batch, channels) = (x.Shape[0], x.Shape[1]);
        var tokens = g.Transpose(g.Reshape(x, batch, channels, x.Shape[2].Times(x.Shape[3])), 0, 2, 1); // [B,C,h,w] -> [B,h*w,C]
        var normal = g.LayerNorm(tokens, "norm");
        var mixed = g.Attention(g.Linear(normal, "query", channels), g.Linear(normal, "key", channels), g.Linear(normal, "value", channels), heads);
        var told = g.Linear(mixed, "last", channels);
        return g.Add(x, g.Reshape(g.Transpose(told, 0, 2, 1), batch, channels, x.Shape[2], x.Shape[3]));
    }
}

/// <summary>What the encoder says of an image.</summary>
/// <param name="F4">[B,c4,H/4,W/4] features and keys.</param>
/// <param name="F8">[B,c8,H/8,W/8] features and keys.</param>
/// <param name="F16">[B,c16,H/16,W/16] features, keys and walls.</param>
/// <param name="Boundary">[B,1,H/4,W/4] logits of object borders.</param>
/// <param name="Objectness">[B,1,H/8,W/8] logits of the quality of the mask that a click here would give.</param>
/// <param name="Coarsest">[B,c,H/32,W/32] what the top-down path begins with.</param>
internal sealed record SeedlingFeatures(Value F4, Value F8, Value F16, Value Boundary, Value Objectness, Value Coarsest);
