using Maskwright.Graphs;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>The three graphs of a Mask R-CNN and the code between them.</summary>
internal sealed class MaskRcnnNetwork : IDisposable
{
    private readonly MaskRcnnConfig _config;
    private readonly IGraphRunner _features;
    private readonly IGraphRunner _boxes;
    private readonly IGraphRunner _masks;

    /// <param name="config">The sizes.</param>
    /// <param name="weights">Tensors by the network's names; must stay alive.</param>
    /// <param name="engine">Runs the graphs.</param>
    public MaskRcnnNetwork(MaskRcnnConfig config, IReadOnlyDictionary<string, WeightTensor> weights, IGraphEngine engine)
    {
        _config = config;
        _features = engine.Load(MaskRcnnGraphs.Features(config), weights);
        _boxes = engine.Load(MaskRcnnGraphs.Boxes(config), weights);
        _masks = engine.Load(MaskRcnnGraphs.Masks(config), weights);
    }

    /// <summary>Finds objects.</summary>
    /// <returns>Detections in the original image's pixels, best first, with the probabilities [28,28] of each mask.</returns>
    public IReadOnlyList<(Detection Detection, float[] Mask)> Find(ResizedImage image, CancellationToken cancellationToken)
    {
        var features = _features.Run(new Dictionary<string, Tensor> { ["image"] = image.Tensor }, null, cancellationToken);
        var proposals = ProposalSelection.Choose(features, _config, image.Size, image.Canvas);
        if (proposals.Count == 0)
        {
            return [];
        }

        var levels = new RegionLevels(proposals);
        var said = _boxes.Run(levels.Inputs(features), null, cancellationToken);
        var detections = DetectionSelection.Choose(proposals, levels.InBoxOrder(said["class_logits"]), levels.InBoxOrder(said["box_deltas"]), _config, image.Size);
        if (detections.Count == 0)
        {
            return [];
        }

        var masks = Masks(detections, features, cancellationToken);
        var (across, down) = ((float)image.Original.Width / image.Size.Width, (float)image.Original.Height / image.Size.Height);
        return [.. detections.Select((d, i) => (d with { Box = d.Box.Scaled(across, down) }, masks[i]))];
    }

    public void Dispose()
    {
        _features.Dispose();
        _boxes.Dispose();
        _masks.Dispose();
    }

    private float[][] Masks(IReadOnlyList<Detection> detections, IReadOnlyDictionary<string, Tensor> features, CancellationToken cancellationToken)
    {
        var levels = new RegionLevels([.. detections.Select(d => d.Box)]);
        var result = _masks.Run(levels.Inputs(features), null, cancellationToken)["mask_logits"];
        var (logits, cells) = (levels.InBoxOrder(result), (int)(result.Shape[2] * result.Shape[3]));
        return [.. detections.Select((d, i) => logits.AsSpan(((i * _config.ClassCount) + d.Class) * cells, cells).ToArray().Select(x => 1 / (1 + MathF.Exp(-x))).ToArray())];
    }
}
