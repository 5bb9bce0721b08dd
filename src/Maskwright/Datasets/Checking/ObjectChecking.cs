using Maskwright.Masks;

namespace Maskwright.Datasets.Checking;

/// <summary>Looks at the objects of one image without looking at the image.</summary>
internal sealed class ObjectChecking(DatasetCheckOptions options)
{
    private const double RoundingPixels = 2;

    /// <summary>Checks every object.</summary>
    /// <param name="image">The image as the data set describes it.</param>
    /// <param name="found">Gets what was found.</param>
    /// <returns>The masks, in the order of the objects; null where an object has no mask that could be made.</returns>
    public RunLengthMask?[] Check(AnnotatedImage image, Action<DatasetFinding> found)
    {
        var masks = new RunLengthMask?[image.Objects.Count];
        for (var i = 0; i < masks.Length; i++)
        {
            masks[i] = Check(image, i, found);
        }

        FindDuplicates(image, masks, found);
        return masks;
    }

    private RunLengthMask? Check(AnnotatedImage image, int index, Action<DatasetFinding> found)
    {
        var item = image.Objects[index];
        RunLengthMask mask;
        try
        {
            mask = item.Shape.ToMask(image.Size);
        }
        catch (ArgumentException e)
        {
            found(About(FindingKind.MalformedEntry, FindingSeverity.Error, e.Message.Split(" (Parameter")[0].TrimEnd('.'), item, index));
            return null;
        }

        CheckOutline(item, index, found);
        if (!CheckPlace(image, item, index, found))
        {
            return null;
        }

        if (mask.Area == 0)
        {
            found(About(FindingKind.EmptyMask, FindingSeverity.Error, $"the mask of a {item.Category.Name} has no pixel", item, index));
            return null;
        }

        if (item.Shape is not BoxShape)
        {
            CheckMeasures(item, index, mask, found);
        }

        return mask;
    }

    private static void CheckOutline(AnnotatedObject item, int index, Action<DatasetFinding> found)
    {
        if (item.Shape is PolygonShape polygons && polygons.Parts.SelectMany(part => part.Rings).Select(RingCrossing.Find).FirstOrDefault(at => at is not null) is { } crossing)
        {
            found(About(FindingKind.SelfCrossing, FindingSeverity.Error, FormattableString.Invariant($"the outline of a {item.Category.Name} crosses itself at {crossing.X:0.#}, {crossing.Y:0.#}"), item, index) with { At = crossing });
        }
    }

    private static bool CheckPlace(AnnotatedImage image, AnnotatedObject item, int index, Action<DatasetFinding> found)
    {
        var bounds = item.Shape is MaskShape && item.Box is { } given ? given : item.Shape.Bounds;
        var (right, bottom) = (bounds.X + bounds.Width, bounds.Y + bounds.Height);
        if (right < 0 || bottom < 0 || bounds.X > image.Size.Width || bounds.Y > image.Size.Height)
        {
            found(About(FindingKind.OutsideImage, FindingSeverity.Error, $"a {item.Category.Name} lies wholly outside the image of {image.Size}", item, index));
            return false;
        }

        var beyond = new[] { -bounds.X, -bounds.Y, right - image.Size.Width, bottom - image.Size.Height }.Max();
        if (beyond > 1)
        {
            found(About(FindingKind.PartlyOutside, FindingSeverity.Suspicion, FormattableString.Invariant($"a {item.Category.Name} reaches {beyond:0.#} px beyond the image"), item, index) with { Weight = beyond });
        }

        return true;
    }

    private void CheckMeasures(AnnotatedObject item, int index, RunLengthMask mask, Action<DatasetFinding> found)
    {
        if (item.Area is { } area && Differ(area, mask.Area, Math.Sqrt(mask.Area) * RoundingPixels))
        {
            found(About(FindingKind.MeasureDisagrees, FindingSeverity.Suspicion, FormattableString.Invariant($"the area of a {item.Category.Name} is given as {area:0.#}, its mask has {mask.Area} px"), item, index));
        }

        var own = item.Shape.Bounds;
        if (item.Box is { } box
            && (Differ(box.X, own.X, RoundingPixels, own.Width) || Differ(box.Y, own.Y, RoundingPixels, own.Height)
                || Differ(box.Width, own.Width, RoundingPixels) || Differ(box.Height, own.Height, RoundingPixels)))
        {
            found(About(
                FindingKind.MeasureDisagrees,
                FindingSeverity.Suspicion,
                FormattableString.Invariant($"the box of a {item.Category.Name} is given as {box.X:0.#}, {box.Y:0.#}, {box.Width:0.#} x {box.Height:0.#}, its mask's is {own.X:0.#}, {own.Y:0.#}, {own.Width:0.#} x {own.Height:0.#}"),
                item,
                index));
        }
    }

    private bool Differ(double given, double measured, double rounding, double? scale = null) =>
        Math.Abs(given - measured) > Math.Max(rounding, options.MeasureTolerance * Math.Abs(scale ?? measured));

    private void FindDuplicates(AnnotatedImage image, RunLengthMask?[] masks, Action<DatasetFinding> found)
    {
        for (var i = 0; i < masks.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (masks[i] is { } later && masks[j] is { } earlier && AreSame(image.Objects[i], image.Objects[j], later, earlier, out var iou))
                {
                    found(About(FindingKind.DuplicateObject, FindingSeverity.Error, FormattableString.Invariant($"a {image.Objects[i].Category.Name} is annotated twice (object {j + 1} and object {i + 1}, IoU {iou:0.00})"), image.Objects[i], i) with { Weight = iou });
                    break;
                }
            }
        }
    }

    private bool AreSame(AnnotatedObject a, AnnotatedObject b, RunLengthMask maskOfA, RunLengthMask maskOfB, out double iou)
    {
        iou = 0;
        var (smaller, larger) = (Math.Min(maskOfA.Area, maskOfB.Area), Math.Max(maskOfA.Area, maskOfB.Area));
        if (a.Category.Id != b.Category.Id || a.IsCrowd != b.IsCrowd || smaller < options.DuplicateIou * larger)
        {
            return false;
        }

        iou = maskOfA.Iou(maskOfB);
        return iou >= options.DuplicateIou;
    }

    private static DatasetFinding About(FindingKind kind, FindingSeverity severity, string message, AnnotatedObject item, int index) =>
        new(kind, severity, message) { ObjectId = item.Id, ObjectIndex = index, Category = item.Category.Name };
}
