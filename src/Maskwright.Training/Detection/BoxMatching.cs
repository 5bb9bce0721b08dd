using Maskwright.Networks.MaskRcnn;

namespace Maskwright.Training.Detection;

/// <summary>Says which object each box stands for.</summary>
/// <remarks>torchvision <c>Matcher</c> at 0.14.1.</remarks>
internal static class BoxMatching
{
    /// <summary>The box overlaps no object enough.</summary>
    public const int Background = -1;

    /// <summary>The box overlaps an object too much to be background and too little to be it.</summary>
    public const int Undecided = -2;

    /// <summary>Gives every box the object that it overlaps most, if it does so enough.</summary>
    /// <param name="objects">The objects' boxes; none makes everything background.</param>
    /// <param name="boxes">N boxes.</param>
    /// <param name="objectIou">From which IoU on a box stands for its object.</param>
    /// <param name="backgroundIou">Under which IoU it is background.</param>
    /// <param name="keepsBest">Whether the boxes that overlap an object most of all stand for what they overlap most, however little that is.</param>
    /// <returns>[N] an object's number, <see cref="Background"/> or <see cref="Undecided"/>.</returns>
    public static int[] Match(IReadOnlyList<RegionBox> objects, IReadOnlyList<RegionBox> boxes, double objectIou, double backgroundIou, bool keepsBest)
    {
        var (nearest, overlaps, best) = (new int[boxes.Count], new float[boxes.Count], new float[objects.Count]);
        ForEachPair(objects, boxes, (o, b, iou) =>
        {
            best[o] = Math.Max(best[o], iou);
            if (iou > overlaps[b])
            {
                (nearest[b], overlaps[b]) = (o, iou);
            }
        });
        var matches = new int[boxes.Count];
        for (var b = 0; b < matches.Length; b++)
        {
            matches[b] = objects.Count == 0 || overlaps[b] < backgroundIou ? Background : overlaps[b] < objectIou ? Undecided : nearest[b];
        }

        if (keepsBest)
        {
            ForEachPair(objects, boxes, (o, b, iou) => matches[b] = iou == best[o] && iou > 0 ? nearest[b] : matches[b]);
        }

        return matches;
    }

    /// <summary>The area that two boxes share over that of both.</summary>
    public static float Iou(RegionBox a, RegionBox b)
    {
        var width = Math.Min(a.X1, b.X1) - Math.Max(a.X0, b.X0);
        var height = Math.Min(a.Y1, b.Y1) - Math.Max(a.Y0, b.Y0);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var shared = width * height;
        return shared / ((a.Width * a.Height) + (b.Width * b.Height) - shared);
    }

    private static void ForEachPair(IReadOnlyList<RegionBox> objects, IReadOnlyList<RegionBox> boxes, Action<int, int, float> visit)
    {
        for (var o = 0; o < objects.Count; o++)
        {
            for (var b = 0; b < boxes.Count; b++)
            {
                visit(o, b, Iou(objects[o], boxes[b]));
            }
        }
    }
}
