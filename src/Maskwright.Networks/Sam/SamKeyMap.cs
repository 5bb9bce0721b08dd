using Maskwright.Graphs.Weights.Keys;
using static Maskwright.Graphs.Weights.Keys.KeyRule;

namespace Maskwright.Networks.Sam;

/// <summary>The checkpoint layouts of SAM and its slimmed and distilled kin; the network's own names are those of the original.</summary>
/// <remarks>Names: facebookresearch/segment-anything at dca509f; transformers' SamModel; SlimSAM's training checkpoints (czg1225/SlimSAM at b612c1b).</remarks>
public static class SamKeyMap
{
    /// <summary>The original's names, which MobileSAM shares; SlimSAM's separate rows of query, key and value are joined.</summary>
    public static KeyMap Original { get; } = new("original SAM",
    [
        Ignore("pixel_mean"),
        Ignore("pixel_std"),
        Ignore("{*module}.num_batches_tracked"),
        Merge("image_encoder.blocks.{i}.attn.{part}.{p}", "part", ["q", "k", "v"], "image_encoder.blocks.{i}.attn.qkv.{p}"),
        Keep("image_encoder.{*name}"),
        Keep("prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"),
        Keep("prompt_encoder.point_embeddings.{i}.weight"),
        Keep("prompt_encoder.not_a_point_embed.weight"),
        Keep("prompt_encoder.no_mask_embed.weight"),
        Keep("prompt_encoder.mask_downscaling.{i}.{p}"),
        Keep("mask_decoder.{*name}"),
    ]);

    /// <summary>The names of transformers' SamModel; the position matrix is tied and may stand under either of its two names.</summary>
    public static KeyMap HuggingFace { get; } = new("Hugging Face SAM", [.. Encoder, .. Prompts, .. Decoder]);

    /// <summary>All layouts, for <see cref="KeyMap.Resolve(IReadOnlyList{KeyMap}, IReadOnlyCollection{Graphs.Weights.ParameterShape}, Graphs.Weights.WeightFile, string)"/>.</summary>
    public static IReadOnlyList<KeyMap> All { get; } = [Original, HuggingFace];

    private static KeyRule[] Encoder =>
    [
        Rename("vision_encoder.pos_embed", "image_encoder.pos_embed"),
        Rename("vision_encoder.patch_embed.projection.{p}", "image_encoder.patch_embed.proj.{p}"),
        Rename("vision_encoder.layers.{i}.layer_norm{n}.{p}", "image_encoder.blocks.{i}.norm{n}.{p}"),
        Rename("vision_encoder.layers.{i}.{*name}", "image_encoder.blocks.{i}.{*name}"),
        Rename("vision_encoder.neck.conv1.{p}", "image_encoder.neck.0.{p}"),
        Rename("vision_encoder.neck.layer_norm1.{p}", "image_encoder.neck.1.{p}"),
        Rename("vision_encoder.neck.conv2.{p}", "image_encoder.neck.2.{p}"),
        Rename("vision_encoder.neck.layer_norm2.{p}", "image_encoder.neck.3.{p}"),
    ];

    private static KeyRule[] Prompts =>
    [
        Rename("prompt_encoder.shared_embedding.positional_embedding", "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"),
        Alias("shared_image_embedding.positional_embedding", "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"),
        Rename("prompt_encoder.point_embed.{i}.weight", "prompt_encoder.point_embeddings.{i}.weight"),
        Keep("prompt_encoder.not_a_point_embed.weight"),
        Keep("prompt_encoder.no_mask_embed.weight"),
        Rename("prompt_encoder.mask_embed.conv1.{p}", "prompt_encoder.mask_downscaling.0.{p}"),
        Rename("prompt_encoder.mask_embed.layer_norm1.{p}", "prompt_encoder.mask_downscaling.1.{p}"),
        Rename("prompt_encoder.mask_embed.conv2.{p}", "prompt_encoder.mask_downscaling.3.{p}"),
        Rename("prompt_encoder.mask_embed.layer_norm2.{p}", "prompt_encoder.mask_downscaling.4.{p}"),
        Rename("prompt_encoder.mask_embed.conv3.{p}", "prompt_encoder.mask_downscaling.6.{p}"),
    ];

    private static KeyRule[] Decoder =>
    [
        Rename("mask_decoder.transformer.layers.{i}.layer_norm{n}.{p}", "mask_decoder.transformer.layers.{i}.norm{n}.{p}"),
        Rename("mask_decoder.transformer.layer_norm_final_attn.{p}", "mask_decoder.transformer.norm_final_attn.{p}"),
        Keep("mask_decoder.transformer.{*name}"),
        Keep("mask_decoder.iou_token.weight"),
        Keep("mask_decoder.mask_tokens.weight"),
        Rename("mask_decoder.upscale_conv1.{p}", "mask_decoder.output_upscaling.0.{p}"),
        Rename("mask_decoder.upscale_layer_norm.{p}", "mask_decoder.output_upscaling.1.{p}"),
        Rename("mask_decoder.upscale_conv2.{p}", "mask_decoder.output_upscaling.3.{p}"),
        .. Mlp("mask_decoder.output_hypernetworks_mlps.{i}"),
        .. Mlp("mask_decoder.iou_prediction_head"),
    ];

    // Three layers, of which transformers names the first and the last: its layers.0 is the original's layers.1.
    private static KeyRule[] Mlp(string head) =>
    [
        Rename($"{head}.proj_in.{{p}}", $"{head}.layers.0.{{p}}"),
        Rename($"{head}.layers.0.{{p}}", $"{head}.layers.1.{{p}}"),
        Rename($"{head}.proj_out.{{p}}", $"{head}.layers.2.{{p}}"),
    ];
}
