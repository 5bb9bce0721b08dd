using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Finds the contours of a mask's regions and holes, and which lies within which.</summary>
/// <remarks>
/// Suzuki and Abe 1985, "Topological structural analysis of digitized binary images by border following", with the order of points and contours of
/// OpenCV 4.6 <c>findContours</c>: siblings in reverse order of discovery, children right after their parent. Regions hold together by sides and corners.
/// For polygons that fill to the very same mask see <see cref="PixelOutline"/>.
/// </remarks>
public static class ContourTracing
{
    /// <summary>Traces a mask.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="options">Which contours and points; null means all contours as a tree, with all points.</param>
    /// <returns>The contours; empty for an empty mask.</returns>
    public static IReadOnlyList<Contour> Trace(BinaryMask mask, ContourTracingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        options ??= new ContourTracingOptions();
        using var following = new BorderFollowing(mask, options.CornersOnly);
        return Arrange(following.Borders(), options.Retrieval);
    }

    private static List<Contour> Arrange(List<Border> borders, ContourRetrieval retrieval)
    {
        var children = new List<int>[borders.Count + 1];
        for (var i = 0; i < borders.Count; i++)
        {
            var parent = retrieval switch
            {
                ContourRetrieval.Tree => borders[i].Parent,
                ContourRetrieval.TwoLevels => borders[i].IsHole ? borders[i].Parent : -1,
                _ => -1,
            };
            if (retrieval != ContourRetrieval.External || borders[i].Parent < 0)
            {
                (children[parent + 1] ??= []).Add(i);
            }
        }

        var contours = new List<Contour>(borders.Count);
        AddChildren(borders, children, contours);
        return contours;
    }

    private static void AddChildren(List<Border> borders, List<int>[] children, List<Contour> contours)
    {
        var open = new Stack<(int Border, int? Parent)>();
        void Open(int border, int? parent) => children[border + 1]?.ForEach(child => open.Push((child, parent)));

        var latest = new Dictionary<int, int>();
        Open(-1, null);
        while (open.TryPop(out var item))
        {
            var (at, border) = (contours.Count, borders[item.Border]);
            var contour = new Contour(border.Points, border.IsHole) { Parent = item.Parent };
            contours.Add(contour);
            if (latest.TryGetValue(item.Parent ?? -1, out var previous))
            {
                (contour.Previous, contours[previous].Next) = (previous, at);
            }
            else if (item.Parent is { } parent)
            {
                contours[parent].FirstChild = at;
            }

            latest[item.Parent ?? -1] = at;
            Open(item.Border, at);
        }
    }
}
