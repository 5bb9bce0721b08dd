using Maskwright.Graphs;

namespace Maskwright.Networks.Sam;

/// <summary>The layout of Hugging Face's split export, as transformers.js uses it: many prompts a run, several masks each.</summary>
/// <remarks>The decoder pads points itself. Exports without <c>input_boxes</c> take no box, and none takes a mask hint. A single mask is the best of the several.</remarks>
internal sealed class TransformersOnnxBackend(OnnxSamFiles files, IGraphRunner encoder, IGraphRunner decoder) : OnnxSamBackend(files, encoder, decoder)
{
    protected override (Tensor Masks, Tensor Quality) Decode(IReadOnlyDictionary<string, Tensor> embedding, PromptBatch batch, bool multimask, CancellationToken cancellationToken)
    {
        Refuse(batch);
        var inputs = embedding.Where(pair => Decoder.Inputs.ContainsKey(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value);
        var points = batch.PointCount - (batch.HasBox ? 2 : 0);
        if (Decoder.Inputs.ContainsKey("input_points"))
        {
            inputs["input_points"] = Tensor.Of(Part(batch.Coordinates, batch, 0, points, 2), 1, batch.Count, points, 2);
            inputs["input_labels"] = Labels(batch, points);
        }

        if (Decoder.Inputs.ContainsKey("input_boxes"))
        {
            inputs["input_boxes"] = Tensor.Of(Part(batch.Coordinates, batch, points, 2, 2), 1, batch.Count, 4);
        }

        var outputs = Decoder.Run(inputs, cancellationToken: cancellationToken);
        var masks = WithoutBatch(outputs["pred_masks"]);
        var quality = WithoutBatch(outputs["iou_scores"]);
        return multimask ? (masks, quality) : Choose(masks, quality, Best);
    }

    private void Refuse(PromptBatch batch)
    {
        var (takesPoints, takesBoxes) = (Decoder.Inputs.ContainsKey("input_points"), Decoder.Inputs.ContainsKey("input_boxes"));
        var points = batch.PointCount - (batch.HasBox ? 2 : 0);
        var fault = batch switch
        {
            { MaskHints: not null } => "takes no mask hint",
            { HasBox: true } when !takesBoxes => "takes points only; the exports with boxes are branches of their own",
            { HasBox: false } when takesBoxes => "takes a box with every prompt",
            _ when takesPoints && points == 0 => "takes at least one point with every prompt",
            _ => null,
        };
        if (fault is not null)
        {
            throw new NotSupportedException($"The ONNX export of {Name} {fault}.");
        }
    }

    private Tensor Labels(PromptBatch batch, int points)
    {
        var labels = Part(batch.Labels, batch, 0, points, 1);
        return Decoder.Inputs["input_labels"].Element == ElementType.Int64
            ? Tensor.Of([.. labels.Select(l => (long)l)], 1, batch.Count, points)
            : Tensor.Of(labels, 1, batch.Count, points);
    }

    // Points `first` to `first + count - 1` of every prompt.
    private static float[] Part(float[] values, PromptBatch batch, int first, int count, int width) =>
        [.. Enumerable.Range(0, batch.Count).SelectMany(p => values.AsSpan(((p * batch.PointCount) + first) * width, count * width).ToArray())];

    private static Tensor WithoutBatch(Tensor tensor) => Tensor.Of(tensor.Floats, [.. tensor.Shape.Skip(1)]);

    private static int Best(ReadOnlyMemory<float> quality) => quality.ToArray().Index().MaxBy(pair => pair.Item).Index;
}
