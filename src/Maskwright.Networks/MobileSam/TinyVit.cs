using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Networks.MobileSam;

/// <summary>MobileSAM's image encoder.</summary>
/// <remarks>MobileSAM <c>modeling/tiny_vit_sam.py</c> at 34bbbfd. The classification head of the checkpoint is not part of it.</remarks>
internal static class TinyVit
{
    public static Value Describe(GraphBuilder g, Value image, TinyVitConfig config, Dim channels, Action<string, Value>? tap)
    {
        var x = ConvNorm(g.Scope("patch_embed"), image, "seq.0", config.Widths[0] / 2, kernel: 3, stride: 2, padding: 1);
        x = ConvNorm(g.Scope("patch_embed"), g.Gelu(x), "seq.2", config.Widths[0], kernel: 3, stride: 2, padding: 1); // [1,64,H/4,W/4]
        tap?.Invoke("patch_embed", x);
        for (var stage = 0; stage < config.Widths.Count; stage++)
        {
            x = Stage(g.Scope($"layers.{stage}"), x, config, stage, tap);
        }

        return Neck(g.Scope("neck"), x, channels);
    }

    private static Value Stage(GraphBuilder g, Value x, TinyVitConfig config, int stage, Action<string, Value>? tap)
    {
        for (var i = 0; i < config.Depths[stage]; i++)
        {
            var block = g.Scope($"blocks.{i}");
            x = stage == 0 ? InvertedBottleneck(block, x, config) : AttentionBlock(block, x, config, stage);
            tap?.Invoke($"stage{stage}_block{i}", stage == 0 ? x : Tokens(g, x));
        }

        if (stage + 1 < config.Widths.Count)
        {
            x = Downsample(g.Scope("downsample"), x, config.Widths[stage + 1], halve: stage + 2 < config.Widths.Count);
        }

        tap?.Invoke($"stage{stage}", Tokens(g, x));
        return x;
    }

    private static Value InvertedBottleneck(GraphBuilder g, Value x, TinyVitConfig config)
    {
        var width = x.Shape[1];
        var hidden = (int)width.Size!.Value * config.Expansion; // channels are of known number
        var inner = g.Gelu(ConvNorm(g, x, "conv1", hidden, kernel: 1));
        inner = g.Gelu(ConvNorm(g, inner, "conv2", hidden, kernel: 3, padding: 1, groups: hidden));
        return g.Gelu(g.Add(ConvNorm(g, inner, "conv3", width, kernel: 1), x));
    }

    private static Value Downsample(GraphBuilder g, Value x, int width, bool halve)
    {
        x = g.Gelu(ConvNorm(g, x, "conv1", width, kernel: 1));
        x = g.Gelu(ConvNorm(g, x, "conv2", width, kernel: 3, stride: halve ? 2 : 1, padding: 1, groups: width));
        return ConvNorm(g, x, "conv3", width, kernel: 1);
    }

    // [1,C,h,w] in and out; attention and MLP work on channels-last tokens.
    private static Value AttentionBlock(GraphBuilder g, Value x, TinyVitConfig config, int stage)
    {
        var (window, height, width) = (config.Windows[stage], x.Shape[2].Size!.Value, x.Shape[3].Size!.Value); // the canvas is of known size
        var map = g.Transpose(x, 0, 2, 3, 1);
        var windows = g.Apply("window_partition", new WindowPartition(window), map); // [n,s,s,C]
        var attended = Attention(g.Scope("attn"), g.Reshape(windows, windows.Shape[0], (long)window * window, windows.Shape[3]), config.Heads[stage], window);
        attended = g.Reshape(attended, [.. windows.Shape]);
        attended = g.Apply("window_unpartition", new WindowUnpartition(1, height, width), attended);
        x = g.Transpose(g.Add(map, attended), 0, 3, 1, 2);

        var channels = (int)x.Shape[1].Size!.Value;
        x = ConvNorm(g, x, "local_conv", channels, config.LocalKernel, padding: config.LocalKernel / 2, groups: channels);
        var tokens = g.Transpose(x, 0, 2, 3, 1);
        return g.Transpose(g.Add(tokens, Mlp(g.Scope("mlp"), tokens, channels * config.Expansion)), 0, 3, 1, 2);
    }

    private static Value Attention(GraphBuilder g, Value x, int heads, int window)
    {
        var width = (int)x.Shape[2].Size!.Value;
        var indices = OffsetIndices(window, out var offsets);
        var bias = g.Reshape(g.Gather(g.Parameter("attention_biases", heads, offsets), 1, indices), heads, (long)window * window, (long)window * window);
        var qkv = g.Linear(g.LayerNorm(x, "norm"), "qkv", 3 * width);
        return g.Linear(g.Apply("attention", new BiasedSelfAttention(heads, width / heads), qkv, bias), "proj", width);
    }

    private static Value Mlp(GraphBuilder g, Value x, int hidden) => g.Linear(g.Gelu(g.Linear(g.LayerNorm(x, "norm"), "fc1", hidden)), "fc2", x.Shape[3]);

    private static Value Neck(GraphBuilder g, Value x, Dim channels)
    {
        x = g.LayerNorm2d(g.Conv2d(x, "0", channels, kernel: 1, bias: false), "1");
        return g.LayerNorm2d(g.Conv2d(x, "2", channels, kernel: 3, padding: 1, bias: false), "3");
    }

    private static Value ConvNorm(GraphBuilder g, Value x, string name, Dim channels, int kernel, int stride = 1, int padding = 0, int groups = 1) =>
        g.BatchNorm2d(g.Conv2d(x, $"{name}.c", channels, kernel, stride, padding, groups: groups, bias: false), $"{name}.bn");

    private static Value Tokens(GraphBuilder g, Value x) => g.Transpose(g.Reshape(x, x.Shape[0], x.Shape[1], x.Shape[2].Size!.Value * x.Shape[3].Size!.Value), 0, 2, 1);

    /// <summary>For every pair of cells of a window, which learned bias it has: one for each distance, numbered as the distances first occur.</summary>
    private static long[] OffsetIndices(int window, out int offsets)
    {
        var numbers = new Dictionary<(int Rows, int Columns), long>();
        var cells = window * window;
        var indices = new long[cells * cells];
        for (var i = 0; i < indices.Length; i++)
        {
            var (a, b) = (i / cells, i % cells);
            var distance = (Math.Abs((a / window) - (b / window)), Math.Abs((a % window) - (b % window)));
            numbers.TryAdd(distance, numbers.Count);
            indices[i] = numbers[distance];
        }

        offsets = numbers.Count;
        return indices;
    }
}
