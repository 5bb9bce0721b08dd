using System.Runtime.CompilerServices;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.Sam.Folded;

/// <summary>Runs the folded decoder: what is known of an image once an image, and the up-scaler for prompts that are worth it only.</summary>
internal sealed class FoldedPrompts(SamConfig config, IGraphEngine engine, IReadOnlyDictionary<string, WeightTensor> weights, Lazy<Tensor> positions) : IDisposable
{
    private readonly Lazy<IGraphRunner> _imageSide = new(() => engine.Load(SamGraphs.ImageSide(config), weights));
    private readonly Dictionary<bool, Lazy<IGraphRunner>> _whole = ByMultimask(m => engine.Load(SamGraphs.FoldedDecoder(config, m), weights));
    private readonly Dictionary<bool, Lazy<IGraphRunner>> _drafts = ByMultimask(m => engine.Load(SamGraphs.FoldedDraft(config, m), weights));
    private readonly Dictionary<bool, Lazy<IGraphRunner>> _masks = ByMultimask(m => engine.Load(SamGraphs.FoldedMasks(config, m), weights));
    private readonly ConditionalWeakTable<Tensor, Lazy<IReadOnlyDictionary<string, Tensor>>> _imageSides = [];

    /// <summary>Whether the decoder can be folded for such prompts.</summary>
    public bool Takes(PromptBatch batch) => config.DecoderDepth == 2 && batch.MaskHints is null && batch.PointCount > 0 && batch.Padded().PointCount == FoldedDecoder.Points;

    /// <summary>Answers a batch that it takes.</summary>
    /// <inheritdoc cref="ISamBackend.Decode"/>
    public SamAnswers Decode(IReadOnlyDictionary<string, Tensor> embedding, PromptBatch batch, bool multimask, double qualityFloor, CancellationToken cancellationToken)
    {
        var image = _imageSides.GetValue(embedding["image_embeddings"], ImageSide).Value;
        var (coordinates, labels, count) = batch.Padded();
        var inputs = new Dictionary<string, Tensor>(image)
        {
            ["point_coords"] = Tensor.Of(coordinates, batch.Count, count, 2),
            ["point_labels"] = Tensor.Of(labels, batch.Count, count),
        };
        if (double.IsNegativeInfinity(qualityFloor))
        {
            var all = _whole[multimask].Value.Run(inputs, cancellationToken: cancellationToken);
            return SamAnswers.All(all["masks"], all["iou_predictions"]);
        }

        var draft = _drafts[multimask].Value.Run(inputs, cancellationToken: cancellationToken);
        var quality = draft["iou_predictions"];
        var masks = (int)quality.Shape[1];
        int[] worthy = [.. Enumerable.Range(0, batch.Count).Where(p => quality.Floats.Skip(p * masks).Take(masks).Any(q => !(q <= qualityFloor)))];
        return new SamAnswers(quality, worthy.Length == 0 ? null : Upscale(image, draft, worthy, batch.Count, multimask, cancellationToken), worthy);
    }

    public void Dispose()
    {
        foreach (var runner in _whole.Values.Concat(_drafts.Values).Concat(_masks.Values).Append(_imageSide).Where(r => r.IsValueCreated))
        {
            runner.Value.Dispose();
        }
    }

    private Tensor Upscale(IReadOnlyDictionary<string, Tensor> image, IReadOnlyDictionary<string, Tensor> draft, int[] worthy, int prompts, bool multimask, CancellationToken cancellationToken)
    {
        var inputs = FoldedDraft.Names.ToDictionary(name => name, name => worthy.Length == prompts ? draft[name] : draft[name].Take(worthy));
        inputs["upscaled"] = image["upscaled"];
        return _masks[multimask].Value.Run(inputs, cancellationToken: cancellationToken)["masks"];
    }

    private Lazy<IReadOnlyDictionary<string, Tensor>> ImageSide(Tensor embedding) =>
        new(() => _imageSide.Value.Run(new Dictionary<string, Tensor> { ["image_embeddings"] = embedding, ["image_positions"] = positions.Value }));

    private static Dictionary<bool, Lazy<IGraphRunner>> ByMultimask(Func<bool, IGraphRunner> load) =>
        new() { [false] = new(() => load(false)), [true] = new(() => load(true)) };
}
