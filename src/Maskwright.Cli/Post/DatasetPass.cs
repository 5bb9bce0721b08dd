using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>The images of a data set on their way through the steps; counts anew with every pass over them.</summary>
internal sealed class DatasetPass(AnnotatedDataset dataset, PostSettings settings, Action<SkippedItem> skipped, CancellationToken cancellationToken) : IEnumerable<AnnotatedImage>
{
    /// <summary>The steps and counts of the last pass.</summary>
    public ChainRun Chain { get; private set; } = new(settings.Steps);

    public long Images { get; private set; }

    public long MasksAfter { get; private set; }

    public IEnumerator<AnnotatedImage> GetEnumerator()
    {
        (Chain, Images, MasksAfter) = (new ChainRun(settings.Steps), 0, 0);
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Change(image) is { } changed)
            {
                Images++;
                yield return changed;
            }
        }
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    private AnnotatedImage? Change(AnnotatedImage image)
    {
        try
        {
            int[] changeable = [.. Enumerable.Range(0, image.Objects.Count).Where(i => IsChangeable(image.Objects[i]))];
            StepMask[] masks = [.. changeable.Select(i => MaskOf(image, i))];
            var after = Chain.Apply(masks, () => settings.Photos.OpenIn(image.FileName, dataset.ImageFolder), i => $"object {i + 1} of {image.FileName}", cancellationToken);
            MasksAfter += after.Count;
            return image with { Objects = Merge(image, masks, after) };
        }
        catch (Exception e) when (settings.KeepsGoing && e is ToolException or IOException or InvalidImageException or UnsupportedFormatException or ArgumentException)
        {
            skipped(new SkippedItem(image.FileName, null, Failure.MessageOf(e)));
            return null;
        }
    }

    // Crowds stand for many, and a box has no pixels: both stay as they are.
    private static bool IsChangeable(AnnotatedObject item) => !item.IsCrowd && item.Shape is not BoxShape;

    private static StepMask MaskOf(AnnotatedImage image, int i) => new(image.Objects[i].Shape.ToMask(image.Size), i)
    {
        Score = image.Objects[i].Score ?? 1,
        Label = image.Objects[i].Category.Name,
    };

    private static List<AnnotatedObject> Merge(AnnotatedImage image, StepMask[] before, IReadOnlyList<StepMask> after)
    {
        var (was, now) = (before.ToDictionary(mask => mask.Source, mask => mask.Mask), after.ToLookup(mask => mask.Source));
        return
        [
            .. image.Objects.SelectMany((item, i) => !was.TryGetValue(i, out var mask) ? [item]
                : now[i].Select((made, part) => ReferenceEquals(made.Mask, mask) ? item : Changed(item, made, part))),
        ];
    }

    // Polygons that no step touched stay polygons; a mask that came out of several keeps the number of the first.
    private static AnnotatedObject Changed(AnnotatedObject item, StepMask made, int part) => item with
    {
        Shape = new MaskShape(made.Mask),
        Box = item.Box is null ? null : Metrics.ObjectBox.Around(made.Mask.Bounds),
        Area = item.Area is null ? null : made.Mask.Area,
        Id = part == 0 ? item.Id : null,
    };
}
