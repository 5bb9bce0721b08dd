using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Counts what a step changes, image after image. Not for several threads at once.</summary>
/// <param name="step">The step.</param>
public sealed class StepTally(PostProcessingStep step)
{
    /// <summary>The counts so far.</summary>
    public StepChanges Changes { get; private set; } = new(step.Text);

    /// <summary>Applies the step to the masks of an image, and counts.</summary>
    /// <param name="masks">The masks.</param>
    /// <param name="image">The image; null where none is at hand.</param>
    /// <param name="nameOf">Names a mask by its source, for people; asked for the worst only.</param>
    /// <param name="cancellation">Looked at between masks.</param>
    /// <returns>What the step makes of them.</returns>
    /// <exception cref="ArgumentException">The step needs the image and gets none, or sizes differ.</exception>
    public IReadOnlyList<StepMask> Apply(
        IReadOnlyList<StepMask> masks, Images.RgbImage? image, Func<int, string> nameOf, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(masks);
        ArgumentNullException.ThrowIfNull(nameOf);
        var after = step.Apply(masks, image, cancellation);
        var remaining = after.ToLookup(mask => mask.Source);
        Changes = Changes with { MasksBefore = Changes.MasksBefore + masks.Count, MasksAfter = Changes.MasksAfter + after.Count };
        foreach (var group in masks.GroupBy(mask => mask.Source))
        {
            Count([.. group.Select(mask => mask.Mask)], [.. remaining[group.Key].Select(mask => mask.Mask)], group.Key, nameOf);
        }

        return after;
    }

    private void Count(RunLengthMask[] before, RunLengthMask[] after, int source, Func<int, string> nameOf)
    {
        Changes = Changes with
        {
            MasksDropped = Changes.MasksDropped + Math.Max(0, before.Length - after.Length),
            MasksAdded = Changes.MasksAdded + Math.Max(0, after.Length - before.Length),
        };
        if (after.Length == 0 || (before.Length == 1 && after.Length == 1 && ReferenceEquals(before[0], after[0])))
        {
            return;
        }

        var (was, now) = (RunLengthMask.Union(before), RunLengthMask.Union(after));
        if (!was.Equals(now))
        {
            Compare(was, now, source, nameOf);
        }
    }

    private void Compare(RunLengthMask was, RunLengthMask now, int source, Func<int, string> nameOf)
    {
        var (shared, iou) = (was.IntersectionArea(now), was.Iou(now));
        var ((holesBefore, piecesBefore), (holesAfter, piecesAfter)) = (Topology(was), Topology(now));
        var isWorst = iou < Changes.WorstIou;
        Changes = Changes with
        {
            MasksChanged = Changes.MasksChanged + 1,
            PixelsAdded = Changes.PixelsAdded + now.Area - shared,
            PixelsRemoved = Changes.PixelsRemoved + was.Area - shared,
            HolesFilled = Changes.HolesFilled + Math.Max(0, holesBefore - holesAfter),
            ComponentsRemoved = Changes.ComponentsRemoved + Math.Max(0, piecesBefore - piecesAfter),
            WorstIou = isWorst ? iou : Changes.WorstIou,
            WorstMask = isWorst ? nameOf(source) : Changes.WorstMask,
        };
    }

    // A frame of one pixel joins everything outside, so that all other regions outside are holes.
    private static (int Holes, int Pieces) Topology(RunLengthMask mask)
    {
        if (mask.Area == 0)
        {
            return (0, 0);
        }

        var bounds = mask.Bounds;
        var framed = mask.PlaceIn(new Geometry.ImageSize(bounds.Width + 2, bounds.Height + 2), 1 - bounds.X, 1 - bounds.Y).ToBinaryMask();
        return (ConnectedComponents.Of(MaskComplement.Of(framed), Connectivity.Four).Components.Count - 1, ConnectedComponents.Of(framed).Components.Count);
    }
}
