using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>Brings together what several looks at an image showed, so that every object is there once and in one piece.</summary>
/// <remarks>
/// Of one time that the image was looked at: a piece that a part's border cut off goes where a whole object of its class holds it, or is joined with the pieces of
/// neighbouring parts that show the same in what both see. Then objects that overlap are one: its mask is what most of them hold, weighed by their scores, and its
/// score the mean over the times, 0 where one did not show it.
/// </remarks>
internal static class ViewMerging
{
    private const double SameIou = 0.5;
    private const double HeldFraction = 0.6;

    /// <summary>Merges.</summary>
    /// <param name="found">From all looks.</param>
    /// <param name="passes">How many times the image was looked at.</param>
    /// <returns>Best first; their looks say nothing any more.</returns>
    public static List<ViewedObject> Merge(IReadOnlyList<ViewedObject> found, int passes) =>
    [
        .. found.Where(o => o.Mask.Area > 0).GroupBy(o => o.Class)
            .SelectMany(own => Groups([.. own.GroupBy(o => o.View.Pass).SelectMany(pass => InOnePiece([.. pass]))]))
            .Select(group => Fused(group, passes)).OrderByDescending(o => o.Score),
    ];

    // Whole objects of one pass and class, and what is left of the pieces.
    private static IEnumerable<ViewedObject> InOnePiece(List<ViewedObject> pass)
    {
        var whole = pass.Where(o => !o.IsCut).ToList();
        var pieces = pass.Where(o => o.IsCut && !whole.Exists(w => Holds(w, o))).ToList();
        return whole.Concat(Joined(pieces));
    }

    private static bool Holds(ViewedObject whole, ViewedObject piece) => whole.Mask.IntersectionArea(piece.Mask) > HeldFraction * piece.Mask.Area;

    private static IEnumerable<ViewedObject> Joined(List<ViewedObject> pieces)
    {
        while (pieces.Count > 0)
        {
            List<ViewedObject> chain = [pieces[0]];
            pieces.RemoveAt(0);
            for (var i = 0; i < chain.Count; i++)
            {
                var next = pieces.Where(piece => AreSame(chain[i], piece)).ToList();
                chain.AddRange(next);
                pieces.RemoveAll(next.Contains);
            }

            yield return chain[0] with
            {
                Mask = RunLengthMask.Union(chain.Select(piece => piece.Mask)),
                Score = chain.Sum(piece => piece.Score * piece.Mask.Area) / chain.Sum(piece => piece.Mask.Area),
            };
        }
    }

    // Whether two pieces agree in what both their parts see.
    private static bool AreSame(ViewedObject one, ViewedObject other)
    {
        var (a, b) = (one.View.Area, other.View.Area);
        var (left, top, right, bottom) = (Math.Max(a.X, b.X), Math.Max(a.Y, b.Y), Math.Min(a.Right, b.Right), Math.Min(a.Bottom, b.Bottom));
        if (a == b || left >= right || top >= bottom)
        {
            return false;
        }

        var seenByBoth = Box(new PixelRect(left, top, right - left, bottom - top), one.Mask.Size);
        return one.Mask.Intersect(seenByBoth).Iou(other.Mask.Intersect(seenByBoth)) > SameIou;
    }

    private static RunLengthMask Box(PixelRect area, ImageSize image) =>
        RunLengthMask.FromCounts(area.Size, [0, (uint)area.Size.PixelCount]).PlaceIn(image, area.X, area.Y);

    private static List<List<ViewedObject>> Groups(List<ViewedObject> found)
    {
        var groups = new List<List<ViewedObject>>();
        foreach (var o in found.OrderByDescending(o => o.Score))
        {
            if (groups.Find(group => group[0].Mask.Iou(o.Mask) > SameIou) is { } same)
            {
                same.Add(o);
            }
            else
            {
                groups.Add([o]);
            }
        }

        return groups;
    }

    private static ViewedObject Fused(List<ViewedObject> group, int passes)
    {
        var score = group.GroupBy(o => o.View.Pass).Sum(pass => pass.Max(o => o.Score)) / passes;
        return group[0] with { Score = score, Mask = group.Count == 1 ? group[0].Mask : Majority(group) };
    }

    private static RunLengthMask Majority(List<ViewedObject> group)
    {
        var (left, top) = (group.Min(o => o.Mask.Bounds.X), group.Min(o => o.Mask.Bounds.Y));
        var (width, height) = (group.Max(o => o.Mask.Bounds.Right) - left, group.Max(o => o.Mask.Bounds.Bottom) - top);
        var votes = new float[width * height];
        foreach (var o in group)
        {
            var mask = o.Mask.ToBinaryMask();
            for (var i = 0; i < votes.Length; i++)
            {
                votes[i] += mask[left + (i % width), top + (i / width)] ? (float)o.Score : 0;
            }
        }

        var (most, half) = (new BinaryMask(width, height), (float)group.Sum(o => o.Score) / 2);
        for (var i = 0; i < votes.Length; i++)
        {
            most[i % width, i / width] = votes[i] >= half;
        }

        return RunLengthMask.FromMask(most).PlaceIn(group[0].Mask.Size, left, top);
    }
}
