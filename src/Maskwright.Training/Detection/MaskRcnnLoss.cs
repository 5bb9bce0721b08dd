using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Training.Data;
using Maskwright.Training.Losses;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Detection;

/// <summary>Asks a Mask R-CNN about a batch of images and says how wrong its answers are.</summary>
/// <remarks>
/// torchvision <c>RegionProposalNetwork.compute_loss</c> and <c>RoIHeads</c> at 0.14.1: cross-entropies are means over what was sampled, box losses are sums
/// over objects divided by the number of samples, objects and background.
/// </remarks>
internal sealed class MaskRcnnLoss(TrainableMaskRcnn network, DetectionOptions options)
{
    private const double Beta = 1.0 / 9;

    private torch.Device Device => network.Weights.Device;

    /// <summary>Computes all five.</summary>
    /// <param name="images">[B,3,S,S], normalised.</param>
    /// <param name="truth">What each image shows; an image may show nothing.</param>
    /// <param name="random">Draws anchors and regions.</param>
    /// <returns>Scalars with gradients, in the caller's dispose scope.</returns>
    public DetectionLosses Of(TorchTensor images, IReadOnlyList<IReadOnlyList<TrueObject>> truth, SampleRandom random)
    {
        var features = network.Features(images);
        var size = new ImageSize((int)images.shape[3], (int)images.shape[2]);
        var config = network.Config with
        {
            ProposalsBeforeSuppression = options.ProposalsBeforeSuppression,
            ProposalsAfterSuppression = options.ProposalsAfterSuppression,
        };
        var said = new ProposalOutputs(features, config, size);
        var (objectness, proposals) = ProposalLosses(said, truth, random);
        var regions = SampledRegion.ByLevel(truth.SelectMany((own, image) => SampledRegion.Draw(image, said.Choose(image), own, options, random)));
        var (classes, boxes) = BoxLosses(features, regions);
        return new DetectionLosses(objectness, proposals, classes, boxes, MaskLoss(features, [.. regions.Where(region => region.Object is not null)]));
    }

    private (TorchTensor Objectness, TorchTensor Boxes) ProposalLosses(ProposalOutputs said, IReadOnlyList<IReadOnlyList<TrueObject>> truth, SampleRandom random)
    {
        var samples = truth.Select(own => AnchorSample.Draw(said.Anchors, own, options, random)).ToList();
        long[] Places(Func<AnchorSample, int[]> of) => [.. samples.SelectMany((sample, image) => of(sample).Select(i => ((long)image * said.Anchors.Length) + i))];
        var (objects, background) = (Places(sample => sample.Objects), Places(sample => sample.Background));
        var sampled = objects.Length + background.Length;
        if (sampled == 0)
        {
            return (Zero(), Zero());
        }

        var logits = said.Objectness.index_select(0, torch.tensor([.. objects, .. background], device: Device));
        var wanted = torch.tensor([.. objects.Select(_ => 1f), .. background.Select(_ => 0f)], device: Device);
        var deltas = Floats([.. samples.SelectMany(sample => sample.Deltas)], objects.Length, 4);
        return (BinaryCrossEntropy.Of(logits, wanted), BoxLoss(said.Deltas, objects, deltas, sampled));
    }

    private (TorchTensor Classes, TorchTensor Boxes) BoxLosses(IReadOnlyDictionary<string, TorchTensor> features, List<SampledRegion> regions)
    {
        if (regions.Count == 0)
        {
            return (Zero(), Zero());
        }

        var (logits, deltas) = network.Boxes(features, regions);
        var classes = torch.nn.functional.cross_entropy(logits, torch.tensor([.. regions.Select(region => (long)region.Class)], device: Device));
        var objects = regions.Index().Where(region => region.Item.Object is not null).ToList();
        long[] rows = [.. objects.Select(region => ((long)region.Index * network.Config.ClassCount) + region.Item.Class)];
        float[] wanted = [.. objects.SelectMany(o => BoxEncoding.Of(o.Item.Box, o.Item.Object!.Box, BoxEncoding.RegionCentreWeight, BoxEncoding.RegionSideWeight))]; // chosen for having one
        return (classes, BoxLoss(deltas.reshape(-1, 4), rows, Floats(wanted, rows.Length, 4), regions.Count)); // [R,4K] -> [R*K,4]
    }

    private TorchTensor MaskLoss(IReadOnlyDictionary<string, TorchTensor> features, List<SampledRegion> regions)
    {
        if (regions.Count == 0)
        {
            return Zero();
        }

        var logits = network.Masks(features, regions);
        var cells = (int)logits.shape[2];
        var own = logits.flatten(0, 1).index_select(0, torch.tensor([.. regions.Select((region, i) => ((long)i * network.Config.ClassCount) + region.Class)], device: Device)); // [R,K,h,w] -> [R,h,w]
        float[] wanted = [.. regions.SelectMany(region => region.Object!.MaskIn(region.Box, cells))]; // the caller gives only regions of objects
        return BinaryCrossEntropy.Of(own, Floats(wanted, regions.Count, cells, cells));
    }

    private TorchTensor BoxLoss(TorchTensor all, long[] rows, TorchTensor wanted, int sampled)
    {
        if (rows.Length == 0)
        {
            return Zero();
        }

        using var share = (wanted.numel() / (double)sampled).ToScalar();
        return RegressionLoss.SmoothL1(all.index_select(0, torch.tensor(rows, device: all.device)), wanted, Beta).mul(share);
    }

    private TorchTensor Zero() => torch.zeros([], torch.ScalarType.Float32, Device);

    private TorchTensor Floats(float[] numbers, params long[] shape) => TorchTypes.ToTorch(Tensor.Of(numbers, shape), Device);
}
