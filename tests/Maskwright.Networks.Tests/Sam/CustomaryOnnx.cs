using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Sam;

namespace Maskwright.Networks.Tests.Sam;

/// <summary>A SAM as ONNX files in the two customary layouts: stand-ins with the names, shapes and types of the published exports.</summary>
internal static class CustomaryOnnx
{
    /// <summary>segment-anything's layout: one prompt a run, a switch for the mask hint, four masks; the graph's own up-sampling is left out.</summary>
    public static OnnxSamFiles SegmentAnything(SamConfig config, WeightFile weights, string folder)
    {
        var files = new OnnxSamFiles(Path.Combine(folder, "sam_encoder.onnx"), Path.Combine(folder, "sam_decoder.onnx"));
        OnnxWriter.Write(SamGraphs.Encoder(config), weights, files.Encoder);

        var g = new GraphBuilder("decoder");
        var side = config.Encoder.GridSize;
        var embedding = g.Input("image_embeddings", 1, config.PromptDim, side, side);
        var coordinates = g.Input("point_coords", 1, Dim.Symbolic("num_points"), 2);
        var labels = g.Input("point_labels", 1, Dim.Symbolic("num_points"));
        var mask = g.Input("mask_input", 1, 1, 4 * side, 4 * side);
        var hasMask = g.Reshape(g.Input("has_mask_input", 1), 1, 1, 1, 1);
        g.Input("orig_im_size", 2);
        var prompt = g.Scope("prompt_encoder");
        var points = PromptEncoder.Points(prompt, coordinates, labels, config);
        var none = g.Reshape(prompt.Parameter("no_mask_embed.weight", 1, config.PromptDim), 1, config.PromptDim, 1, 1);
        var dense = g.Add(g.Multiply(hasMask, PromptEncoder.MaskHint(prompt, mask, config)), g.Multiply(g.Subtract(g.Number(1), hasMask), none));
        var tokens = Tokens(g, g.Add(embedding, dense), config);
        var positions = PromptEncoder.DensePositionEncoding(prompt, config);
        var (single, singleQuality) = MaskDecoder.Describe(g.Scope("mask_decoder"), tokens, positions, points, config, multimask: false, tap: null);
        var (several, severalQuality) = MaskDecoder.Describe(g.Scope("mask_decoder"), tokens, positions, points, config, multimask: true, tap: null);
        g.Output("low_res_masks", g.Concat(1, single, several));
        g.Output("iou_predictions", g.Concat(1, singleQuality, severalQuality));
        OnnxWriter.Write(g.Build(), weights, files.Decoder);
        return files;
    }

    /// <summary>transformers' split layout with one point a prompt: a batch of prompts a run, labels as integers, points padded by the graph.</summary>
    public static OnnxSamFiles Transformers(SamConfig config, WeightFile weights, string folder)
    {
        var onnx = Directory.CreateDirectory(Path.Combine(folder, "onnx")).FullName;
        var files = new OnnxSamFiles(Path.Combine(onnx, "vision_encoder.onnx"), Path.Combine(onnx, "prompt_encoder_mask_decoder.onnx"));
        var side = config.Encoder.GridSize;
        var e = new GraphBuilder("vision");
        var image = e.Input("pixel_values", 1, 3, config.Encoder.ImageSize, config.Encoder.ImageSize);
        e.Output("image_embeddings", config.Encoder.Describe(e, image, config.PromptDim, null));
        var dense = PromptEncoder.DensePositionEncoding(e.Scope("prompt_encoder"), config); // [1,h*w,C]
        e.Output("image_positional_embeddings", e.Reshape(e.Transpose(dense, 0, 2, 1), 1, config.PromptDim, side, side));
        OnnxWriter.Write(e.Build(), weights, files.Encoder);

        var g = new GraphBuilder("decoder");
        var batch = Dim.Symbolic("point_batch_size");
        var coordinates = g.Reshape(g.Input("input_points", 1, batch, 1, 2), batch, 1, 2);
        var labels = g.Reshape(g.Cast(g.Input("input_labels", ElementType.Int64, 1, batch, 1), ElementType.Float32), batch, 1);
        coordinates = g.Concat(1, coordinates, g.RepeatLike(g.Constant("padding", [0, 0], 1, 1, 2), coordinates));
        labels = g.Concat(1, labels, g.RepeatLike(g.Constant("padding_label", [-1], 1, 1), labels));
        var embedding = g.Input("image_embeddings", 1, config.PromptDim, side, side);
        var positions = g.Input("image_positional_embeddings", 1, config.PromptDim, side, side);
        var prompt = g.Scope("prompt_encoder");
        var none = g.Reshape(prompt.Parameter("no_mask_embed.weight", 1, config.PromptDim), 1, config.PromptDim, 1, 1);
        var (masks, quality) = MaskDecoder.Describe(
            g.Scope("mask_decoder"), Tokens(g, g.Add(embedding, none), config), Tokens(g, positions, config), PromptEncoder.Points(prompt, coordinates, labels, config), config, multimask: true, tap: null);
        g.Output("iou_scores", g.Reshape(quality, 1, batch, quality.Shape[1]));
        g.Output("pred_masks", g.Reshape(masks, 1, batch, masks.Shape[1], masks.Shape[2], masks.Shape[3]));
        OnnxWriter.Write(g.Build(), weights, files.Decoder);
        return files;
    }

    private static Value Tokens(GraphBuilder g, Value map, SamConfig config) =>
        g.Transpose(g.Reshape(map, 1, config.PromptDim, config.Encoder.GridSize * config.Encoder.GridSize), 0, 2, 1);
}
