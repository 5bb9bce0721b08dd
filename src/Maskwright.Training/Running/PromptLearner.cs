using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using Maskwright.Training.Recipes;
using Maskwright.Training.Torch;
using Maskwright.Training.Validation;

namespace Maskwright.Training.Running;

/// <summary>Teaches a promptable network by simulated users.</summary>
internal sealed class PromptLearner(PromptNetwork network, TrainingRecipe recipe) : ILearner
{
    private const int RoundStream = 1 << 21;
    private const int ClickStream = 1 << 22;
    private const int PairStream = 1 << 23;
    private const double BoundaryWeight = 4;

    private readonly PromptTeacher? _teacher = TeacherOf(network, recipe);
    private readonly PromptRounds _rounds = new(network, recipe.Losses, TeacherOf(network, recipe));

    /// <inheritdoc/>
    public TorchWeights Weights => network.Weights;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Description { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public IValidator? Validator => network.Segmenter is { } segmenter ? new PromptValidator(segmenter, recipe) : null;

    /// <inheritdoc/>
    public PreparedCrop Prepare(TrainingCrop crop, SampleRandom random) => PromptedCrop.Prepare(crop, recipe.Interaction, random, _teacher);

    /// <inheritdoc/>
    public ILearner Copy() => new PromptLearner(network.Copy(), recipe);

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    /// <inheritdoc/>
    public BatchScores Backward(TrainingBatch part, int firstSlot, double share)
    {
        torch.set_num_threads(1);
        using var scope = torch.NewDisposeScope();
        using var images = PromptTensors.Of(part.Images(), part.Crops.Count, 3, part.Side, part.Side).On(Weights.Device);
        var features = network.Encode(images, TorchMode.Train);
        PromptedCrop[] crops = [.. part.Crops.Cast<PromptedCrop>()];
        var (boundary, objectness) = DenseLosses(features, crops);
        var (prompted, scores) = PromptLoss(features, crops, part.Step, firstSlot);
        var loss = prompted
            .add(boundary, TorchNumber.Of(recipe.Losses.Boundary))
            .add(objectness, TorchNumber.Of(recipe.Losses.Objectness));
        var affinity = new Mean();
        if (network.Keys.Count > 0 && recipe.Losses.Affinity > 0)
        {
            var random = new SampleRandom(recipe.Seed, part.Step, PairStream + firstSlot);
            var unlike = AffinityLoss.Of(features, network.Keys, [.. crops.Select(crop => crop.Crop)], random);
            loss = loss.add(unlike, TorchNumber.Of(recipe.Losses.Affinity));
            affinity.Add(unlike.ToDouble());
        }

        var backbone = new Mean();
        if (network.BackboneTeacher is { } other)
        {
            var untold = other.Error(features["backbone"], images);
            loss = loss.add(untold, TorchNumber.Of(recipe.Distillation.BackboneWeight));
            backbone.Add(untold.ToDouble());
        }

        loss.mul(TorchNumber.Of(share)).backward();
        foreach (var crop in crops)
        {
            crop.Taught?.Dispose();
        }

        return new BatchScores(loss.ToDouble(), Parts(scores, boundary, objectness, affinity, backbone));
    }

    private (string, Mean)[] Parts(RoundScores scores, TorchTensor boundary, TorchTensor objectness, Mean affinity, Mean backbone) =>
    [
        ("focal", scores.Focal),
        ("dice", scores.Dice),
        ("quality", scores.Quality),
        ("ranking", scores.Ranking),
        .. _teacher is null ? (IEnumerable<(string, Mean)>)[] : [("distillation", scores.Distillation)],
        ("boundary", Mean.Of(boundary.ToDouble())),
        ("objectness", Mean.Of(objectness.ToDouble())),
        ("affinity", affinity),
        .. network.BackboneTeacher is null ? (IEnumerable<(string, Mean)>)[] : [("backbone_error", backbone)],
        ("click_iou", scores.Click),
        ("best_click_iou", scores.BestOfClick),
        ("box_iou", scores.Box),
        ("later_iou", scores.Later),
    ];

    private static PromptTeacher? TeacherOf(PromptNetwork network, TrainingRecipe recipe) =>
        network.Teacher is { } model ? new PromptTeacher(model, recipe.Distillation) : null;

    // The encoder's own maps: where objects end, and where their middles are.
    private static (TorchTensor Boundary, TorchTensor Objectness) DenseLosses(IReadOnlyDictionary<string, TorchTensor> features, PromptedCrop[] crops)
    {
        TorchTensor Maps(Func<DenseTargets, float[]> map) => PromptTensors.OfMaps([.. crops.Select(crop => map(crop.Dense))]).On(features["boundary"].device);
        return (
            MaskLoss.Map(features["boundary"], Maps(d => d.Boundary), Maps(d => d.BoundaryKnown), BoundaryWeight),
            MaskLoss.Map(features["objectness"], Maps(d => d.Objectness), Maps(d => d.ObjectnessKnown), positiveWeight: 1));
    }

    // Every image is encoded once and asked about by several users over several rounds; all of it flows back together.
    private (TorchTensor Loss, RoundScores Scores) PromptLoss(IReadOnlyDictionary<string, TorchTensor> features, PromptedCrop[] crops, long step, int firstSlot)
    {
        var rounds = RoundsOf(step);
        var scores = new RoundScores();
        var losses = new List<TorchTensor>();
        foreach (var (b, own) in PromptNetwork.Split(features).Index().Where(image => crops[image.Index].Users.Count > 0))
        {
            var random = new SampleRandom(recipe.Seed, step, ClickStream + firstSlot + b);
            var (loss, ownScores) = _rounds.Run(own, crops[b], rounds, random);
            losses.Add(loss);
            scores.Add(ownScores);
        }

        return (losses.Count == 0 ? torch.zeros([], torch.ScalarType.Float32, Weights.Device) : torch.stack(losses).mean(), scores);
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
