using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using Maskwright.Training.Recipes;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Running;

/// <summary>What the network's answers to a part of a batch cost, and how that flows back to the weights.</summary>
internal sealed class BatchLoss(PromptNetwork network, TrainingRecipe recipe)
{
    private const int RoundStream = 1 << 21;
    private const int ClickStream = 1 << 22;
    private const int PairStream = 1 << 23;
    private const double BoundaryWeight = 4;

    private readonly PromptRounds _rounds = new(network, recipe.Losses);

    /// <summary>The network that answers, whose weights get gradients.</summary>
    public PromptNetwork Network => network;

    /// <summary>Answers, judges, and adds gradients to the network's weights.</summary>
    /// <param name="part">The crops of this part.</param>
    /// <param name="firstSlot">The place of the first crop in the whole batch.</param>
    /// <param name="share">The part's share in the batch.</param>
    /// <returns>Numbers for the log; the gradients are wrong when the loss is not finite.</returns>
    public BatchScores Backward(TrainingBatch part, int firstSlot, double share)
    {
        torch.set_num_threads(1);
        using var scope = torch.NewDisposeScope();
        using var images = PromptTensors.Of(part.Images(), part.Crops.Count, 3, part.Side, part.Side);
        var features = network.Encode(images, TorchMode.Train);
        var (boundary, objectness) = DenseLosses(features, part);
        var (prompted, scores) = PromptLoss(features, part, firstSlot);
        var loss = prompted
            .add(boundary, TorchNumber.Of(recipe.Losses.Boundary))
            .add(objectness, TorchNumber.Of(recipe.Losses.Objectness));
        var affinity = double.NaN;
        if (network.Keys.Count > 0 && recipe.Losses.Affinity > 0)
        {
            var random = new SampleRandom(recipe.Seed, part.Step, PairStream + firstSlot);
            var unlike = AffinityLoss.Of(features, network.Keys, [.. part.Crops.Select(crop => crop.Crop)], random);
            loss = loss.add(unlike, TorchNumber.Of(recipe.Losses.Affinity));
            affinity = unlike.ToDouble();
        }

        loss.mul(TorchNumber.Of(share)).backward();
        return new BatchScores(loss.ToDouble(), boundary.ToDouble(), objectness.ToDouble(), affinity, scores);
    }

    // The encoder's own maps: where objects end, and where their middles are.
    private static (TorchTensor Boundary, TorchTensor Objectness) DenseLosses(IReadOnlyDictionary<string, TorchTensor> features, TrainingBatch part)
    {
        TorchTensor Maps(Func<DenseTargets, float[]> map) => PromptTensors.OfMaps([.. part.Crops.Select(crop => map(crop.Dense))]);
        return (
            MaskLoss.Map(features["boundary"], Maps(d => d.Boundary), Maps(d => d.BoundaryKnown), BoundaryWeight),
            MaskLoss.Map(features["objectness"], Maps(d => d.Objectness), Maps(d => d.ObjectnessKnown), positiveWeight: 1));
    }

    // Every image is encoded once and asked about by several users over several rounds; all of it flows back together.
    private (TorchTensor Loss, RoundScores Scores) PromptLoss(IReadOnlyDictionary<string, TorchTensor> features, TrainingBatch part, int firstSlot)
    {
        var rounds = RoundsOf(part.Step);
        var scores = new RoundScores();
        var losses = new List<TorchTensor>();
        foreach (var (b, own) in PromptNetwork.Split(features).Index().Where(image => part.Crops[image.Index].Users.Count > 0))
        {
            var random = new SampleRandom(recipe.Seed, part.Step, ClickStream + firstSlot + b);
            var (loss, ownScores) = _rounds.Run(own, part.Crops[b].Users, part.Crops[b].Regions, rounds, random);
            losses.Add(loss);
            scores.Add(ownScores);
        }

        return (losses.Count == 0 ? torch.zeros([], torch.ScalarType.Float32) : torch.stack(losses).mean(), scores);
    }

    private int RoundsOf(long step)
    {
        var random = new SampleRandom(recipe.Seed, step, RoundStream);
        var rounds = 1;
        while (rounds < recipe.Interaction.MaxRounds && random.Chance(recipe.Interaction.ContinueProbability))
        {
            rounds++;
        }

        return rounds;
    }
}
