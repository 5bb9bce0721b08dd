using Maskwright.Graphs;

namespace Maskwright.Networks.Sam;

/// <summary>The layout of segment-anything's own export: one prompt a run, up-sampling in the graph, box corners as points of labels 2 and 3.</summary>
/// <remarks>segment-anything <c>utils/onnx.py</c> at dca509f. Masks are taken before the graph's up-sampling.</remarks>
internal sealed class SegmentAnythingOnnxBackend(OnnxSamFiles files, IGraphRunner encoder, IGraphRunner decoder) : OnnxSamBackend(files, encoder, decoder)
{
    private static readonly string[] Outputs = ["low_res_masks", "iou_predictions"];

    protected override (Tensor Masks, Tensor Quality) Decode(IReadOnlyDictionary<string, Tensor> embedding, PromptBatch batch, bool multimask, CancellationToken cancellationToken)
    {
        var (coordinates, labels, count) = batch.Padded();
        var answers = Enumerable.Range(0, batch.Count).Select(p => One(embedding["image_embeddings"], batch, coordinates, labels, count, p, cancellationToken)).ToArray();
        var (masks, quality) = (Stack([.. answers.Select(a => a["low_res_masks"])]), Stack([.. answers.Select(a => a["iou_predictions"])]));
        if (quality.Shape[1] == 1)
        {
            return (masks, quality); // exported with a single mask
        }

        return multimask ? WithoutFirst(masks, quality) : Choose(masks, quality, _ => 0);
    }

    private IReadOnlyDictionary<string, Tensor> One(Tensor embedding, PromptBatch batch, float[] coordinates, float[] labels, int count, int prompt, CancellationToken cancellationToken)
    {
        var (side, cells) = (LogitSide, LogitSide * LogitSide);
        if (count == 0)
        {
            (coordinates, labels, count, prompt) = ([0, 0], [PromptEncoder.PaddingLabel], 1, 0); // this layout always has a point
        }

        return Decoder.Run(
            new Dictionary<string, Tensor>
            {
                ["image_embeddings"] = embedding,
                ["point_coords"] = Tensor.Of(coordinates.AsSpan(prompt * count * 2, count * 2).ToArray(), 1, count, 2),
                ["point_labels"] = Tensor.Of(labels.AsSpan(prompt * count, count).ToArray(), 1, count),
                ["mask_input"] = Tensor.Of(batch.MaskHints?.AsSpan(prompt * cells, cells).ToArray() ?? new float[cells], 1, 1, side, side),
                ["has_mask_input"] = Tensor.Of([batch.MaskHints is null ? 0f : 1f], 1),
                ["orig_im_size"] = Tensor.Of([CanvasSide, (float)CanvasSide], 2),
            },
            Outputs,
            cancellationToken);
    }

    // The first of four is the mask of a clear prompt.
    private static (Tensor Masks, Tensor Quality) WithoutFirst(Tensor masks, Tensor quality)
    {
        var (prompts, count, cells) = ((int)quality.Shape[0], (int)quality.Shape[1], (int)(masks.Shape[2] * masks.Shape[3]));
        var parts = Enumerable.Range(0, prompts).ToArray();
        return (
            Tensor.Of([.. parts.SelectMany(p => masks.Floats.AsSpan(((p * count) + 1) * cells, (count - 1) * cells).ToArray())], prompts, count - 1, masks.Shape[2], masks.Shape[3]),
            Tensor.Of([.. parts.SelectMany(p => quality.Floats.AsSpan((p * count) + 1, count - 1).ToArray())], prompts, count - 1));
    }
}
