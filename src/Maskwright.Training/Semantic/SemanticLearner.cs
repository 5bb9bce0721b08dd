using System.Runtime.InteropServices;
using Maskwright.Networks.Semantic;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Torch;
using Maskwright.Training.Validation;

namespace Maskwright.Training.Semantic;

/// <summary>Teaches a network the class of every pixel.</summary>
/// <param name="network">What learns.</param>
/// <param name="recipe">How.</param>
/// <param name="classWeights">How much each class counts, [K]; null for all alike.</param>
internal sealed class SemanticLearner(TrainableSemantic network, TrainingRecipe recipe, IReadOnlyList<float>? classWeights) : ILearner
{
    private const int SlotsAStep = 1 << 16;

    private readonly SemanticTrainingOptions _options = recipe.Semantic;
    private readonly ClassLossOptions _classes = new() { VoidLabel = SemanticCrop.Void, ClassWeights = classWeights };

    /// <inheritdoc/>
    public TorchWeights Weights => network.Weights;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Description => NetworkMetadata.Of(network.Config, network.ClassNames);

    /// <inheritdoc/>
    public IReadOnlyList<string> ObjectClasses => [.. network.ClassNames.Skip(_options.HasBackground ? 1 : 0)];

    /// <inheritdoc/>
    public IValidator Validator => new SemanticValidator(network, recipe, Loss);

    /// <inheritdoc/>
    public int MarginOf(int side) => network.MarginOf(side);

    /// <inheritdoc/>
    public PreparedCrop Prepare(TrainingCrop crop, SampleRandom random) => SemanticCrop.Of(crop, network.Config.ClassCount, _options.HasBackground);

    /// <inheritdoc/>
    public BatchScores Backward(TrainingBatch part, int firstSlot, double share)
    {
        torch.set_num_threads(1);
        using var scope = torch.NewDisposeScope();
        var images = PromptTensors.Of(part.Images(), part.Crops.Count, 3, part.OuterSide, part.OuterSide).On(Weights.Device);
        var labels = torch.empty([part.Crops.Count, part.Side, part.Side], torch.ScalarType.Int64);
        part.Crops.Cast<SemanticCrop>().SelectMany(crop => crop.Labels).ToArray().CopyTo(MemoryMarshal.Cast<byte, long>(labels.bytes));
        labels = labels.On(Weights.Device);
        var scores = network.Score(images, (part.Step * SlotsAStep) + firstSlot);
        var logits = Middle(scores["logits"], part.Side);
        var loss = Loss(logits, labels);
        if (_options.Auxiliary > 0 && scores.TryGetValue("auxiliary", out var auxiliary))
        {
            loss = loss.add(Loss(Middle(auxiliary, part.Side), labels), TorchNumber.Of(_options.Auxiliary));
        }

        loss.mul(TorchNumber.Of(share)).backward();
        return new BatchScores(loss.ToDouble(), [("accuracy", Accuracy(logits, labels))]);
    }

    /// <inheritdoc/>
    public ILearner Copy() => new SemanticLearner(network.Copy(), recipe, classWeights);

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    // Not every side of scores is possible without borders: then there are some too many on each side.
    private static TorchTensor Middle(TorchTensor scores, int side)
    {
        var tooMany = (scores.shape[2] - side) / 2;
        return tooMany == 0 ? scores : scores.narrow(2, tooMany, side).narrow(3, tooMany, side).contiguous();
    }

    private TorchTensor Loss(TorchTensor logits, TorchTensor labels)
    {
        (double Weight, Func<TorchTensor> Loss)[] parts =
        [
            (_options.CrossEntropy, () => ClassCrossEntropy.Of(logits, labels, _classes)),
            (_options.HardPixels, () => HardPixelCrossEntropy.Of(logits, labels, options: _classes)),
            (_options.Lovasz, () => LovaszLoss.Softmax(logits, labels, SemanticCrop.Void)),
            (_options.Focal, () => ClassFocalLoss.Of(logits, labels, _options.FocalExponent, _classes)),
            (_options.Dice, () => OverlapLoss.ClassDice(logits, labels, SemanticCrop.Void)),
        ];
        return parts.Where(part => part.Weight > 0).Select(part => part.Loss().mul(TorchNumber.Of(part.Weight))).Aggregate((sum, part) => sum.add(part, TorchNumber.One));
    }

    // The share of known pixels that get the right class.
    private static Mean Accuracy(TorchTensor logits, TorchTensor labels)
    {
        using var still = torch.no_grad();
        var known = labels.ne(TorchNumber.OfLabel(SemanticCrop.Void)).sum().item<long>();
        return known == 0 ? new Mean() : Mean.Of(logits.argmax(1).eq(labels).sum().item<long>() / (double)known);
    }
}
