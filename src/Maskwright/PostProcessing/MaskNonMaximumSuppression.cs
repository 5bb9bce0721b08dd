using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Of masks that overlap much, keeps the one with the best score; on run lengths, without decoding.</summary>
/// <remarks>The greedy rule of <see cref="BoxNonMaximumSuppression"/> with the IoU of the masks themselves: ties in the order given, dropped above the
/// threshold and not at it. Masks whose bounds do not meet are not compared.</remarks>
public static class MaskNonMaximumSuppression
{
    /// <summary>Chooses masks.</summary>
    /// <param name="masks">N masks of one size.</param>
    /// <param name="scores">[N]; higher is better.</param>
    /// <param name="iouThreshold">A mask is dropped when its IoU with a better one lies above this.</param>
    /// <param name="categories">[N]; only masks of one category drop one another. Empty: all are of one.</param>
    /// <returns>Numbers of the masks that stay, best first.</returns>
    /// <exception cref="ArgumentException">Scores or categories do not hold one entry a mask, or the sizes differ.</exception>
    public static IReadOnlyList<int> Keep(IReadOnlyList<RunLengthMask> masks, ReadOnlySpan<float> scores, double iouThreshold, ReadOnlySpan<int> categories = default)
    {
        ArgumentNullException.ThrowIfNull(masks);
        if (scores.Length != masks.Count || (!categories.IsEmpty && categories.Length != masks.Count))
        {
            throw new ArgumentException($"{masks.Count} masks need as many scores and categories, not {scores.Length} and {categories.Length}.", nameof(scores));
        }

        var ranks = scores.ToArray();
        var kept = new List<int>();
        foreach (var candidate in Enumerable.Range(0, masks.Count).OrderByDescending(i => ranks[i]))
        {
            if (!IsSuppressed(candidate, masks, kept, iouThreshold, categories))
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    private static bool IsSuppressed(int candidate, IReadOnlyList<RunLengthMask> masks, List<int> kept, double iouThreshold, ReadOnlySpan<int> categories)
    {
        foreach (var better in kept)
        {
            if ((categories.IsEmpty || categories[better] == categories[candidate]) && masks[better].Iou(masks[candidate]) > iouThreshold)
            {
                return true;
            }
        }

        return false;
    }
}
