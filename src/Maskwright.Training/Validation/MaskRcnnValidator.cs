using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Data;

namespace Maskwright.Training.Validation;

/// <summary>Judges a Mask R-CNN by COCO's average precision of masks and boxes.</summary>
/// <param name="config">The sizes.</param>
/// <param name="classNames">One name a class, background first.</param>
/// <param name="threads">How many threads answer.</param>
internal sealed class MaskRcnnValidator(MaskRcnnConfig config, IReadOnlyList<string> classNames, int threads) : IValidator
{
    private const double ShownScore = 0.5;
    private const double SameObjectIou = 0.5;

    public IReadOnlyList<ValidationMeasure> Measures { get; } = [new("mask_ap"), new("mask_ap50"), new("box_ap")];

    public ValidationOutcome Judge(WeightFile weights, IReadOnlyList<TrainingExample> examples, CancellationToken cancellationToken)
    {
        using var segmenter = MaskRcnnSegmenter.Create(config, weights, classNames, new OnnxRuntimeEngine(new OnnxRuntimeOptions { Threads = threads }));
        var (images, objects, detections, shown) = (new List<TruthImage>(), new List<TruthObject>(), new List<DetectedObject>(), new List<ValidationExample>());
        foreach (var (i, example) in examples.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var photo = example.Load();
            var truth = Truth(photo.Annotations[0], i);
            var found = segmenter.Find(photo.Image, cancellationToken);
            images.Add(new TruthImage(i, photo.Image.Size, example.Name));
            objects.AddRange(truth);
            detections.AddRange(found.Select(proposal => new DetectedObject(i, proposal.ClassNumber ?? 0, proposal.PredictedIou) { Mask = proposal.Mask }));
            if (i < ValidationOutcome.Shown)
            {
                shown.Add(Shown(example.Name, photo, [.. truth.Where(o => !o.IsCrowd)], [.. found.Where(proposal => proposal.PredictedIou >= ShownScore)]));
            }
        }

        TruthCategory[] categories = [.. classNames.Index().Skip(1).Select(name => new TruthCategory(name.Index, name.Item))];
        var all = new DetectionTruth(images, categories, objects);
        var masks = AveragePrecision.Evaluate(all, detections, cancellationToken: cancellationToken);
        var boxes = AveragePrecision.Evaluate(all, detections, new AveragePrecisionOptions { Geometry = OverlapGeometry.Boxes }, cancellationToken);
        return new ValidationOutcome(
            new OrderedDictionary<string, double> { ["mask_ap"] = Known(masks.MeanPrecision()), ["mask_ap50"] = Known(masks.MeanPrecision(0)), ["box_ap"] = Known(boxes.MeanPrecision()) },
            new OrderedDictionary<string, double>(categories.Index().Select(c => KeyValuePair.Create(c.Item.Name, Known(masks.MeanPrecision(categories: [c.Index]))))),
            shown);
    }

    // What is unknown stands for any number of objects of any class.
    private List<TruthObject> Truth(ObjectLayers layers, int image)
    {
        var isSingle = config.ClassCount == 2; // one class takes every object for it
        var truth = layers.Objects.Select(o => new TruthObject(image, isSingle ? 1 : o.Class) { Mask = RunLengthMask.FromMask(layers.MaskOf(o)) }).ToList();
        if (layers.Unknown() is { } unknown)
        {
            truth.AddRange(Enumerable.Range(1, config.ClassCount - 1).Select(c => new TruthObject(image, c) { Mask = RunLengthMask.FromMask(unknown), IsCrowd = true }));
        }

        return truth;
    }

    private static ValidationExample Shown(string name, LabelledPhoto photo, TruthObject[] truth, MaskProposal[] found)
    {
        RunLengthMask[] wanted = [.. truth.Select(o => o.Mask!)]; // Truth gives every object one
        var overlaps = RunLengthMask.IouMatrix([.. found.Select(proposal => proposal.Mask)], wanted);
        var numbers = new int[found.Length];
        for (var f = 0; f < found.Length; f++)
        {
            var nearest = Enumerable.Range(0, wanted.Length).Select(t => (Iou: overlaps[f, t], Number: t + 1)).DefaultIfEmpty().MaxBy(pair => pair.Iou);
            numbers[f] = nearest.Iou >= SameObjectIou ? nearest.Number : wanted.Length + f + 1;
        }

        return new ValidationExample(
            name,
            photo.Image,
            Numbered.Draw(photo.Image.Size, wanted.Index().Select(mask => (mask.Item, mask.Index + 1))),
            Numbered.Draw(photo.Image.Size, found.Zip(numbers, (proposal, number) => (proposal.Mask, number)).Reverse()),
            BackgroundLabel: 0,
            VoidLabel: null);
    }

    private static double Known(double precision) => precision < 0 ? double.NaN : precision;
}
