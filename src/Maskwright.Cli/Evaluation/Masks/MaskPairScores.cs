using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Evaluation.Masks;

/// <summary>The measures of one mask or volume against another.</summary>
/// <param name="Values">One value a measure of <see cref="MeasuresFor"/>; NaN where there is none, infinite for a distance to nothing.</param>
/// <param name="Label">The label that was measured; null for whole masks.</param>
internal sealed record MaskPairScores(int? Label, double[] Values)
{
    public double Dice => Values[0];

    /// <summary>The measures, in their order.</summary>
    public static IReadOnlyList<Measure> MeasuresFor(MaskSettings settings, bool hasVolumes)
    {
        Measure Distance(string name, string meaning) => new(name, meaning) { MoreIsBetter = false, IsShare = false, Decimals = 2 };
        var unit = settings.Spacing is null ? "pixels" : "the spacing's unit";
        return
        [
            new("Dice", "F1 of pixels"), new("IoU", "shared pixels over those of either"), new("precision", "share of the prediction that is right"), new("recall", "share of the truth that was found"),
            Distance("HD", $"Hausdorff distance: the farthest that one surface lies from the other, in {unit}"), Distance("HD95", "the larger of both directions' 95th percentiles"),
            Distance("ASSD", "average symmetric surface distance"),
            new("NSD", FormattableString.Invariant($"share of both surfaces within {settings.Tolerance} of the other (normalised surface distance)")),
            new("boundary F", FormattableString.Invariant($"harmonic mean of the shares of either surface within {settings.Tolerance} of the other")),
            .. hasVolumes ? (Measure[])[] : [new("boundary IoU", FormattableString.Invariant($"IoU of the bands along the boundaries, {settings.BoundaryRatio} of the diagonal wide"))],
            new("one empty", "share of pairs of which only one has pixels: they have no distance and are left out of its mean") { MoreIsBetter = false },
        ];
    }

    /// <summary>Measures masks or volumes, each label by itself when asked.</summary>
    /// <param name="truth">Slices; one for a mask.</param>
    /// <param name="prediction">As many slices of the same size.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="hasVolumes">Whether any pair is a volume, so that none has a boundary IoU.</param>
    public static IEnumerable<MaskPairScores> Of(IReadOnlyList<LabelMap> truth, IReadOnlyList<LabelMap> prediction, MaskSettings settings, bool hasVolumes)
    {
        if (!settings.ByLabel)
        {
            return [Of(null, [.. truth.Select(Inside)], [.. prediction.Select(Inside)], settings, hasVolumes)];
        }

        var labels = truth.Concat(prediction).SelectMany(map => map.Labels.ToArray().Distinct()).Distinct().Where(label => label != 0 && (settings.Labels.Count == 0 || settings.Labels.Contains(label)));
        return labels.Order().Select(label => Of(label, [.. truth.Select(map => LabelObjects.MaskOf(map, label))], [.. prediction.Select(map => LabelObjects.MaskOf(map, label))], settings, hasVolumes));
    }

    /// <summary>The pixels of any label.</summary>
    public static BinaryMask Inside(LabelMap map)
    {
        var mask = new BinaryMask(map.Size);
        for (var y = 0; y < mask.Height; y++)
        {
            var row = map.Row(y);
            var words = mask.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                words[x >> 6] |= (row[x] != 0 ? 1UL : 0) << (x & 63);
            }
        }

        return mask;
    }

    private static MaskPairScores Of(int? label, BinaryMask[] truth, BinaryMask[] prediction, MaskSettings settings, bool hasVolumes)
    {
        var overlap = truth.Zip(prediction, (t, p) => Metrics.MaskOverlap.Of(p, t)).Aggregate((a, b) => new Metrics.MaskOverlap(a.Shared + b.Shared, a.Predicted + b.Predicted, a.Truth + b.Truth));
        var surface = truth.Length == 1 ? SurfaceDistances.Of(prediction[0], truth[0], settings.Spacing) : SurfaceDistances.OfVolumes(prediction, truth, settings.Spacing);
        return new MaskPairScores(
            label,
            [
                overlap.Dice, overlap.Iou, overlap.Precision, overlap.Recall, surface.Hausdorff, surface.Hausdorff95, surface.Average,
                surface.NormalisedSurfaceDistance(settings.Tolerance), surface.BoundaryF(settings.Tolerance),
                .. hasVolumes ? (double[])[] : [BoundaryIou.Of(prediction[0], truth[0], settings.BoundaryRatio)],
                (overlap.Predicted == 0) != (overlap.Truth == 0) ? 1 : 0,
            ]);
    }
}
