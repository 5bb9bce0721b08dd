using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>Of boxes that overlap much, keeps the one with the best score.</summary>
/// <remarks>
/// torchvision 0.14 <c>nms</c> and <c>batched_nms</c>: float32 arithmetic, ties in the order given, suppressed above the threshold and not at it.
/// Deviation: categories are kept apart by comparing them, where torchvision may shift boxes apart and so round differently.
/// </remarks>
public static class BoxNonMaximumSuppression
{
    /// <summary>Chooses boxes.</summary>
    /// <param name="boxes">N boxes.</param>
    /// <param name="scores">[N]; higher is better.</param>
    /// <param name="iouThreshold">A box is dropped when its IoU with a better one lies above this.</param>
    /// <param name="categories">[N]; only boxes of one category drop one another. Empty: all are of one.</param>
    /// <returns>Numbers of the boxes that stay, best first.</returns>
    /// <exception cref="ArgumentException">Scores or categories do not hold one entry a box.</exception>
    public static IReadOnlyList<int> Keep(IReadOnlyList<PixelBox> boxes, ReadOnlySpan<float> scores, double iouThreshold, ReadOnlySpan<int> categories = default)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        if (scores.Length != boxes.Count || (!categories.IsEmpty && categories.Length != boxes.Count))
        {
            throw new ArgumentException($"{boxes.Count} boxes need as many scores and categories, not {scores.Length} and {categories.Length}.", nameof(scores));
        }

        var ranks = scores.ToArray();
        Box[] all = [.. boxes.Select(box => new Box(box))];
        var kept = new List<int>();
        foreach (var candidate in Enumerable.Range(0, all.Length).OrderByDescending(i => ranks[i]))
        {
            if (!IsSuppressed(candidate, all, kept, iouThreshold, categories))
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    /// <summary>The area two boxes share over the area of either, in float32; NaN for two boxes without area.</summary>
    /// <param name="first">A box.</param>
    /// <param name="second">Another box.</param>
    public static float Iou(PixelBox first, PixelBox second) => new Box(first).Iou(new Box(second));

    private static bool IsSuppressed(int candidate, Box[] boxes, List<int> kept, double iouThreshold, ReadOnlySpan<int> categories)
    {
        foreach (var better in kept)
        {
            if ((categories.IsEmpty || categories[better] == categories[candidate]) && boxes[better].Iou(boxes[candidate]) > iouThreshold)
            {
                return true;
            }
        }

        return false;
    }

    private readonly struct Box(PixelBox box)
    {
        private readonly float _x0 = (float)box.X0;
        private readonly float _y0 = (float)box.Y0;
        private readonly float _x1 = (float)box.X1;
        private readonly float _y1 = (float)box.Y1;
        private readonly float _area = ((float)box.X1 - (float)box.X0) * ((float)box.Y1 - (float)box.Y0);

        public float Iou(in Box other)
        {
            var width = Math.Max(0f, Math.Min(_x1, other._x1) - Math.Max(_x0, other._x0));
            var height = Math.Max(0f, Math.Min(_y1, other._y1) - Math.Max(_y0, other._y0));
            var shared = width * height;
            return shared / (_area + other._area - shared);
        }
    }
}
