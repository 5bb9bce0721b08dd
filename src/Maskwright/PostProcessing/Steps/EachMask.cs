using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Makes steps of operations on single masks.</summary>
internal static class EachMask
{
    /// <summary>A step that changes every mask by itself, on all cores.</summary>
    public static StepAction Change(Func<BinaryMask, BinaryMask> operation) => Into((mask, _) => [operation(mask)]);

    /// <summary>A step that changes every mask by itself, given the image.</summary>
    public static StepAction Change(Func<BinaryMask, RgbImage, BinaryMask> operation) => Into((mask, image) => [operation(mask, image!)]);

    /// <summary>A step that makes several masks of each.</summary>
    public static StepAction Into(Func<BinaryMask, RgbImage?, IEnumerable<BinaryMask>> operation) => (masks, image, cancellation) =>
    {
        var made = new StepMask[masks.Count][];
        ParallelLoop.Run(masks.Count, i => made[i] = masks[i].Mask.Area == 0 ? [masks[i]] : Apply(masks[i], image, operation), cancellation);
        return [.. made.SelectMany(several => several)];
    };

    private static StepMask[] Apply(StepMask mask, RgbImage? image, Func<BinaryMask, RgbImage?, IEnumerable<BinaryMask>> operation) =>
    [
        .. operation(mask.Mask.ToBinaryMask(), image).Select(RunLengthMask.FromMask).Where(made => made.Area > 0)
            .Select(made => mask with { Mask = made.Equals(mask.Mask) ? mask.Mask : made }),
    ];
}
