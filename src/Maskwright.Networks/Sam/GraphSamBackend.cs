using System.Collections.Concurrent;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Sam.Folded;

namespace Maskwright.Networks.Sam;

/// <summary>SAM as graphs of this house, with weights from a checkpoint.</summary>
internal sealed class GraphSamBackend : ISamBackend
{
    private readonly SamConfig _config;
    private readonly IGraphEngine _engine;
    private readonly IReadOnlyDictionary<string, WeightTensor> _weights;
    private readonly IDisposable? _owner;
    private readonly Lazy<IGraphRunner> _encoder;
    private readonly Lazy<Tensor> _positions;
    private readonly Lazy<string> _identity;
    private readonly FoldedPrompts _folded;
    private readonly ConcurrentDictionary<SamDecoderForm, Lazy<IGraphRunner>> _decoders = [];

    /// <param name="config">The sizes.</param>
    /// <param name="engine">Runs the graphs.</param>
    /// <param name="weights">Tensors by the original names.</param>
    /// <param name="owner">Holds the tensors' memory; disposed with this; null when the caller keeps it.</param>
    public GraphSamBackend(SamConfig config, IGraphEngine engine, IReadOnlyDictionary<string, WeightTensor> weights, IDisposable? owner)
    {
        (_config, _engine, _weights, _owner) = (config, engine, weights, owner);
        _encoder = new(() => engine.Load(SamGraphs.Encoder(config), weights));
        _positions = new(RunPositions);
        _folded = new(config, engine, weights, _positions);
        _identity = new(() => WeightIdentity.Of(config.Name, weights, engine));
    }

    /// <summary>Whether clicks and boxes are computed by what they add to the image.</summary>
    public bool FoldsPrompts { get; init; } = true;

    public string Name => _config.Name;

    public int CanvasSide => _config.Encoder.ImageSize;

    public int LogitSide => 4 * _config.Encoder.GridSize;

    public string Identity => _identity.Value;

    public IReadOnlyDictionary<string, Tensor> Encode(Tensor image, CancellationToken cancellationToken) =>
        _encoder.Value.Run(new Dictionary<string, Tensor> { ["image"] = image }, cancellationToken: cancellationToken);

    public SamAnswers Decode(IReadOnlyDictionary<string, Tensor> embedding, PromptBatch batch, bool multimask, double qualityFloor, CancellationToken cancellationToken)
    {
        if (FoldsPrompts && _folded.Takes(batch))
        {
            return _folded.Decode(embedding, batch, multimask, qualityFloor, cancellationToken);
        }

        var form = new SamDecoderForm(batch.PointCount > 0, batch.MaskHints is not null, multimask);
        var inputs = new Dictionary<string, Tensor>(embedding) { ["image_positions"] = _positions.Value };
        if (form.TakesPoints)
        {
            var (coordinates, labels, count) = batch.Padded();
            inputs["point_coords"] = Tensor.Of(coordinates, batch.Count, count, 2);
            inputs["point_labels"] = Tensor.Of(labels, batch.Count, count);
        }

        if (batch.MaskHints is { } hints)
        {
            inputs["mask_input"] = Tensor.Of(hints, batch.Count, 1, LogitSide, LogitSide);
        }

        var outputs = Decoder(form).Run(inputs, cancellationToken: cancellationToken);
        return form.TakesPoints || form.TakesMaskHint
            ? SamAnswers.All(outputs["masks"], outputs["iou_predictions"])
            : SamAnswers.All(Repeat(outputs["masks"], batch.Count), Repeat(outputs["iou_predictions"], batch.Count)); // no prompt at all: one answer for all
    }

    public void Dispose()
    {
        foreach (var runner in _decoders.Values.Append(_encoder).Where(r => r.IsValueCreated))
        {
            runner.Value.Dispose();
        }

        _folded.Dispose();
        _owner?.Dispose();
    }

    private static Tensor Repeat(Tensor one, int count) =>
        Tensor.Of([.. Enumerable.Repeat(one.Floats, count).SelectMany(floats => floats)], [count, .. one.Shape.Skip(1)]);

    private IGraphRunner Decoder(SamDecoderForm form) =>
        _decoders.GetOrAdd(form, f => new Lazy<IGraphRunner>(() => _engine.Load(SamGraphs.Decoder(_config, f), _weights))).Value;

    private Tensor RunPositions()
    {
        using var runner = _engine.Load(SamGraphs.Positions(_config), _weights);
        return runner.Run(new Dictionary<string, Tensor>())["image_positions"];
    }
}
