using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Segmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Recipes;

namespace Maskwright.Training.Validation;

/// <summary>Judges a promptable network by the IoU of its answers to one click in the middle of an object and to the tight box around it.</summary>
/// <param name="segmenter">Makes what a user would ask.</param>
/// <param name="recipe">Says how many objects an image, and how many threads answer.</param>
internal sealed class PromptValidator(Func<IReadOnlyDictionary<string, WeightTensor>, IGraphEngine, IPromptSegmenter> segmenter, TrainingRecipe recipe) : IValidator
{
    private const int TargetStream = 1 << 28;

    private static readonly PromptStudyOptions s_study = new() { Clicks = new ClickStudyOptions { MaxClicks = 1 } };

    public IReadOnlyList<ValidationMeasure> Measures { get; } = [new("click_iou"), new("best_click_iou"), new("box_iou")];

    public ValidationOutcome Judge(WeightFile weights, IReadOnlyList<TrainingExample> examples, CancellationToken cancellationToken)
    {
        using var asked = segmenter(weights, new OnnxRuntimeEngine(new OnnxRuntimeOptions { Threads = recipe.Workers }));
        var (click, best, box) = (new Mean(), new Mean(), new Mean());
        var (sets, shown) = (new OrderedDictionary<string, Mean>(), new List<ValidationExample>());
        foreach (var (i, example) in examples.Index())
        {
            var photo = example.Load();
            var targets = Targets(photo.Annotations[0], i);
            sets.TryAdd(example.Set, new Mean());
            foreach (var answer in PromptStudy.Measure(photo.Image, targets, asked, null, s_study, cancellationToken))
            {
                click.Add(answer.Clicks!.OneClickIou); // the study asks for clicks, several masks and boxes
                best.Add(answer.BestOfSeveralIou!.Value);
                box.Add(answer.BoxIou!.Value);
                sets[example.Set].Add(answer.Clicks.OneClickIou);
            }

            if (i < ValidationOutcome.Shown)
            {
                shown.Add(Shown(example.Name, photo, targets, asked, cancellationToken));
            }
        }

        return new ValidationOutcome(
            new OrderedDictionary<string, double> { ["click_iou"] = click.Value, ["best_click_iou"] = best.Value, ["box_iou"] = box.Value },
            new OrderedDictionary<string, double>(sets.Select(set => KeyValuePair.Create(set.Key, set.Value.Value))),
            shown);
    }

    // The same objects at every judgement.
    private List<PromptTarget> Targets(ObjectLayers layers, int image)
    {
        var left = layers.Objects.Where(o => o.Area >= recipe.Interaction.MinVisiblePixels).ToList();
        var (random, ignored, targets) = (new SampleRandom(recipe.Seed, image, TargetStream), layers.Unknown(), new List<PromptTarget>());
        while (left.Count > 0 && targets.Count < recipe.Validation.ObjectsPerImage)
        {
            var place = random.Next(left.Count);
            targets.Add(new PromptTarget(layers.MaskOf(left[place])) { Ignored = ignored });
            left.RemoveAt(place);
        }

        return targets;
    }

    // Large ones below, so that what lies inside them is seen.
    private static ValidationExample Shown(string name, LabelledPhoto photo, List<PromptTarget> targets, IPromptSegmenter asked, CancellationToken cancellationToken)
    {
        var order = targets.Index().OrderByDescending(target => target.Item.Mask.Area()).ToList();
        var found = new List<(RunLengthMask Mask, int Number)>();
        using var embedding = asked.Encode(photo.Image, cancellationToken);
        foreach (var (number, target) in order)
        {
            var click = new RobotUser(target.Mask, target.Ignored).Next(null);
            var answers = click is { } point ? asked.Decode(embedding, new Prompt { Points = [point] }, multimask: false, cancellationToken: cancellationToken) : [];
            found.AddRange(answers.Take(1).Select(answer => (answer.Mask, number + 1)));
        }

        var truth = order.Select(target => (RunLengthMask.FromMask(target.Item.Mask), target.Index + 1));
        return new ValidationExample(name, photo.Image, Numbered.Draw(photo.Image.Size, truth), Numbered.Draw(photo.Image.Size, found), BackgroundLabel: 0, VoidLabel: null);
    }
}
