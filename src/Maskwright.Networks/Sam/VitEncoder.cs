using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Networks.Sam;

/// <summary>SAM's image encoder: a plain vision transformer with windowed attention and a convolutional neck.</summary>
/// <remarks>segment-anything <c>modeling/image_encoder.py</c> at dca509f; Li et al. 2022 (ViTDet).</remarks>
internal static class VitEncoder
{
    public static Value Describe(GraphBuilder g, Value image, VitEncoderConfig config, Dim channels, Action<string, Value>? tap)
    {
        var embed = new Dim("embed", config.EmbedDim); // one residual stream: pruned as one
        var x = g.Conv2d(image, "patch_embed.proj", embed, kernel: config.PatchSize, stride: config.PatchSize);
        x = g.Transpose(x, 0, 2, 3, 1); // [1,D,h,w] -> [1,h,w,D]
        tap?.Invoke("patch_embed", x);
        x = g.Add(x, g.Parameter("pos_embed", 1, config.GridSize, config.GridSize, embed));
        tap?.Invoke("patch_plus_pos", x);
        for (var i = 0; i < config.Blocks.Count; i++)
        {
            x = Block(g.Scope($"blocks.{i}"), x, embed, config.Blocks[i], config, i);
            tap?.Invoke($"block{i}", x);
        }

        return Neck(g.Scope("neck"), g.Transpose(x, 0, 3, 1, 2), channels);
    }

    private static Value Block(GraphBuilder g, Value x, Dim embed, VitBlockConfig block, VitEncoderConfig config, int index)
    {
        var attended = g.LayerNorm(x, "norm1", config.LayerNormEpsilon);
        if (block.IsGlobal)
        {
            attended = Attention(g.Scope("attn"), attended, embed, block, index);
        }
        else
        {
            attended = g.Apply("window_partition", new WindowPartition(config.WindowSize), attended); // [1,h,w,D] -> [n,s,s,D]
            attended = Attention(g.Scope("attn"), attended, embed, block, index);
            attended = g.Apply("window_unpartition", new WindowUnpartition(1, config.GridSize, config.GridSize), attended);
        }

        x = g.Add(x, attended);
        return g.Add(x, Mlp(g.Scope("mlp"), g.LayerNorm(x, "norm2", config.LayerNormEpsilon), embed, new Dim($"blocks.{index}.mlp", block.MlpWidth)));
    }

    private static Value Attention(GraphBuilder g, Value x, Dim embed, VitBlockConfig block, int index)
    {
        var headWidth = new Dim($"blocks.{index}.head_width", block.HeadWidth);
        var heads = new Dim($"blocks.{index}.heads", block.Heads);
        var qkv = g.Linear(x, "qkv", Dim.Product(3, heads, headWidth)); // [n,h,w,3*heads*c]
        var rows = g.Parameter("rel_pos_h", (2 * x.Shape[1].Size!.Value) - 1, headWidth); // the grid is of known size
        var columns = g.Parameter("rel_pos_w", (2 * x.Shape[2].Size!.Value) - 1, headWidth);
        var attention = new RelativePositionSelfAttention(block.Heads, Math.Pow(block.HeadWidth, -0.5));
        return g.Linear(g.Apply("attention", attention, qkv, rows, columns), "proj", embed);
    }

    private static Value Mlp(GraphBuilder g, Value x, Dim embed, Dim hidden) => g.Linear(g.Gelu(g.Linear(x, "lin1", hidden)), "lin2", embed);

    private static Value Neck(GraphBuilder g, Value x, Dim channels)
    {
        x = g.LayerNorm2d(g.Conv2d(x, "0", channels, kernel: 1, bias: false), "1");
        return g.LayerNorm2d(g.Conv2d(x, "2", channels, kernel: 3, padding: 1, bias: false), "3");
    }
}
