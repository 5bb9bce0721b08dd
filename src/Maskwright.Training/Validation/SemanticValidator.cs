using System.Runtime.InteropServices;
using Maskwright.Graphs.Weights;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Recipes;
using Maskwright.Training.Semantic;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Validation;

/// <summary>Judges a network that gives every pixel a class: by the IoU of each class over all pixels of all images, and by its loss.</summary>
/// <param name="network">Its sizes count, its weights do not.</param>
/// <param name="recipe">Says at which size images are looked at, and by how many threads.</param>
/// <param name="loss">The loss of [1,K,H,W] logits against [1,H,W] labels.</param>
internal sealed class SemanticValidator(TrainableSemantic network, TrainingRecipe recipe, Func<TorchTensor, TorchTensor, TorchTensor> loss) : IValidator
{
    public IReadOnlyList<ValidationMeasure> Measures { get; } = [new("mean_iou"), new("pixel_accuracy"), new("loss", MoreIsBetter: false)];

    public ValidationOutcome Judge(WeightFile weights, IReadOnlyList<TrainingExample> examples, CancellationToken cancellationToken)
    {
        using var judged = network.Copy();
        judged.Weights.Load(weights);
        var answers = new (ConfusionMatrix Counts, double Loss, ValidationExample? Shown)[examples.Count];
        Parallel.For(0, examples.Count, new ParallelOptions { MaxDegreeOfParallelism = recipe.Workers, CancellationToken = cancellationToken }, i =>
        {
            torch.set_num_threads(1);
            answers[i] = Judge(judged, examples[i], i < ValidationOutcome.Shown);
        });
        var counts = new ConfusionMatrix(network.Config.ClassCount, (int)SemanticCrop.Void);
        answers.ToList().ForEach(answer => counts.Merge(answer.Counts));
        return new ValidationOutcome(
            new OrderedDictionary<string, double> { ["mean_iou"] = counts.MeanIou, ["pixel_accuracy"] = counts.PixelAccuracy, ["loss"] = answers.Average(answer => answer.Loss) },
            new OrderedDictionary<string, double>(network.ClassNames.Index().Select(name => KeyValuePair.Create(name.Item, counts.Iou(name.Index)))),
            [.. answers.Select(answer => answer.Shown).OfType<ValidationExample>()]);
    }

    private (ConfusionMatrix Counts, double Loss, ValidationExample? Shown) Judge(TrainableSemantic judged, TrainingExample example, bool isShown)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var hasBackground = recipe.Semantic.HasBackground;
        var whole = WholeImage.Of(example.Load(), recipe.Augmentation.NominalSide, hasBackground);
        var (width, height) = (whole.Image.Width, whole.Image.Height);
        var (samples, size) = whole.Input(judged.Config);
        var logits = judged.Answer(PromptTensors.Of(samples, 1, 3, size.Height, size.Width).On(judged.Weights.Device)).narrow(2, 0, height).narrow(3, 0, width); // [1,K,H,W]
        var labels = torch.tensor([.. whole.Labels.Labels], [1, height, width], torch.ScalarType.Int64, judged.Weights.Device);
        var found = new LabelMap(whole.Image.Size, MemoryMarshal.Cast<byte, int>(logits.argmax(1).cpu().to_type(torch.ScalarType.Int32).contiguous().bytes).ToArray());
        var counts = new ConfusionMatrix(judged.Config.ClassCount, (int)SemanticCrop.Void);
        counts.Add(whole.Labels, found);
        return (
            counts,
            loss(logits.contiguous(), labels).ToDouble(),
            isShown ? new ValidationExample(example.Name, whole.Image, whole.Labels, found, hasBackground ? 0 : null, (int)SemanticCrop.Void) : null);
    }
}
