using Maskwright.Graphs.Weights;
using Maskwright.Networks.MobileSam;

namespace Maskwright.Networks.Sam;

/// <summary>Reads the sizes of a SAM off its tensors, so that a checkpoint needs no configuration beside it.</summary>
/// <remarks>Heads follow from the width of the relative position tables, windows and whole-image blocks from their length. What tensors cannot say is as in the original: 8 decoder heads, layer normalisation epsilons.</remarks>
internal static class SamConfigReader
{
    /// <summary>Reads the sizes.</summary>
    /// <param name="shapes">Shapes by the original names.</param>
    /// <param name="path">The checkpoint, for messages.</param>
    /// <exception cref="InvalidWeightsException">It is not a SAM.</exception>
    public static SamConfig Read(IReadOnlyDictionary<string, IReadOnlyList<long>> shapes, string path)
    {
        var reader = new Reader(shapes, path);
        ImageEncoderConfig encoder = shapes.ContainsKey("image_encoder.pos_embed") ? ReadVit(reader) : ReadTinyVit(reader);
        return new SamConfig
        {
            Name = NameOf(encoder, path),
            Encoder = encoder,
            PromptDim = reader.Size("mask_decoder.iou_token.weight", 1),
            MaskHintChannels = reader.Size("prompt_encoder.mask_downscaling.3.weight", 0),
            DecoderDepth = reader.Count("mask_decoder.transformer.layers.{0}.norm1.weight"),
            DecoderMlpWidth = reader.Size("mask_decoder.transformer.layers.0.mlp.lin1.weight", 0),
            AttentionDownsampleRate = reader.Size("mask_decoder.iou_token.weight", 1) / reader.Size("mask_decoder.transformer.final_attn_token_to_image.q_proj.weight", 0),
            QualityHeadDepth = reader.Count("mask_decoder.iou_prediction_head.layers.{0}.weight"),
            QualityHeadWidth = reader.Size("mask_decoder.iou_prediction_head.layers.0.weight", 0),
            MultimaskOutputs = reader.Size("mask_decoder.mask_tokens.weight", 0) - 1,
        };
    }

    private static VitEncoderConfig ReadVit(Reader reader)
    {
        var (grid, patch) = (reader.Size("image_encoder.pos_embed", 1), reader.Size("image_encoder.patch_embed.proj.weight", 2));
        var depth = reader.Count("image_encoder.blocks.{0}.norm1.weight");
        var sides = Enumerable.Range(0, depth).Select(i => (reader.Size($"image_encoder.blocks.{i}.attn.rel_pos_h", 0) + 1) / 2).ToArray();
        return new VitEncoderConfig
        {
            ImageSize = grid * patch,
            PatchSize = patch,
            EmbedDim = reader.Size("image_encoder.pos_embed", 3),
            WindowSize = sides.Where(side => side < grid).DefaultIfEmpty(grid).Max(),
            Blocks = [.. Enumerable.Range(0, depth).Select(i => ReadBlock(reader, i, isGlobal: sides[i] >= grid))],
        };
    }

    private static VitBlockConfig ReadBlock(Reader reader, int index, bool isGlobal)
    {
        var block = $"image_encoder.blocks.{index}";
        var headWidth = reader.Size($"{block}.attn.rel_pos_h", 1);
        return new VitBlockConfig(reader.Size($"{block}.attn.qkv.weight", 0) / 3 / headWidth, headWidth, reader.Size($"{block}.mlp.lin1.weight", 0), isGlobal);
    }

    // TinyViT comes in one published form; a checkpoint of another one is refused by its shapes.
    private static TinyVitConfig ReadTinyVit(Reader reader)
    {
        reader.Size("image_encoder.patch_embed.seq.0.c.weight", 0);
        return new TinyVitConfig();
    }

    private static string NameOf(ImageEncoderConfig encoder, string path) => SamConfig.Presets.FirstOrDefault(p => p.Encoder switch
    {
        VitEncoderConfig vit => encoder is VitEncoderConfig mine && vit.EmbedDim == mine.EmbedDim && vit.Blocks.SequenceEqual(mine.Blocks),
        _ => encoder is TinyVitConfig,
    })?.Name ?? Path.GetFileNameWithoutExtension(path);

    private sealed class Reader(IReadOnlyDictionary<string, IReadOnlyList<long>> shapes, string path)
    {
        public int Size(string name, int axis) => shapes.TryGetValue(name, out var shape) && axis < shape.Count
            ? checked((int)shape[axis])
            : throw new InvalidWeightsException(path, $"it is not a SAM: the tensor {name} is missing");

        public int Count(string pattern)
        {
            var count = 0;
            while (shapes.ContainsKey(string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, count)))
            {
                count++;
            }

            return count > 0 ? count : throw new InvalidWeightsException(path, $"it is not a SAM: the tensor {pattern.Replace("{0}", "0", StringComparison.Ordinal)} is missing");
        }
    }
}
