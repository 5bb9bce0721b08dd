using Maskwright.Networks.Semantic;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Torch;
using Maskwright.Training.Validation;

namespace Maskwright.Training.Detection;

/// <summary>Teaches a Mask R-CNN by its five losses.</summary>
internal sealed class MaskRcnnLearner(TrainableMaskRcnn network, TrainingRecipe recipe) : ILearner
{
    private const int SampleStream = 1 << 24;

    private readonly MaskRcnnLoss _loss = new(network, recipe.Detection);

    /// <inheritdoc/>
    public TorchWeights Weights => network.Weights;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Description { get; } = NetworkMetadata.Of(network.Config, network.ClassNames);

    /// <inheritdoc/>
    public IReadOnlyList<string> ObjectClasses => [.. network.ClassNames.Skip(1)];

    /// <inheritdoc/>
    public IValidator Validator => new MaskRcnnValidator(network.Config, network.ClassNames, recipe.Workers);

    /// <inheritdoc/>
    public PreparedCrop Prepare(TrainingCrop crop, SampleRandom random)
    {
        var objects = TrueObject.Of(crop, recipe.Detection.MinVisiblePixels);
        var classes = network.Config.ClassCount - 1;
        objects = classes == 1 ? [.. objects.Select(o => o with { Class = 1 })] : objects; // one class takes every object for it
        return objects.Find(o => o.Class < 1 || o.Class > classes) is { } stranger
            ? throw new InvalidAnnotationException(
                string.Join(", ", crop.Sources), null, $"holds an object of class {stranger.Class}, but the network tells {classes} classes apart; name as many in classNames")
            : new DetectionCrop(crop, objects);
    }

    /// <inheritdoc/>
    public BatchScores Backward(TrainingBatch part, int firstSlot, double share)
    {
        torch.set_num_threads(1);
        using var scope = torch.NewDisposeScope();
        using var weight = share.ToScalar();
        var images = PromptTensors.Of(part.Images(), part.Crops.Count, 3, part.Side, part.Side).On(network.Weights.Device);
        var losses = _loss.Of(images, [.. part.Crops.Cast<DetectionCrop>().Select(crop => crop.Objects)], new SampleRandom(recipe.Seed, part.Step, SampleStream + firstSlot));
        var total = losses.Total();
        total.mul(weight).backward();
        return new BatchScores(
            total.ToDouble(),
            [
                ("objectness", Mean.Of(losses.Objectness.ToDouble())),
                ("proposals", Mean.Of(losses.Proposals.ToDouble())),
                ("classes", Mean.Of(losses.Classes.ToDouble())),
                ("boxes", Mean.Of(losses.Boxes.ToDouble())),
                ("masks", Mean.Of(losses.Masks.ToDouble())),
            ]);
    }

    /// <inheritdoc/>
    public ILearner Copy() => new MaskRcnnLearner(network.Copy(), recipe);

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
