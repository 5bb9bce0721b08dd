using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>Lets a mask show its clicks where the cells of a logit map are too coarse to: the pixel under each, and a spot around it that reaches as far as the click lies from its own side.</summary>
internal static class ClickImprint
{
    // Fine maps have at most so many places along a cell's side, and a click looks for its own side so many cells far.
    private const int MostFineness = 4, Reach = 3;

    // Spots reach a little further than the nearest place of the click's side, and are at least this sure of it in their middle, in logits.
    private const double Excess = 1.5, Certainty = 1;

    /// <summary>Corrects a mask where clicks lie on its wrong side.</summary>
    /// <param name="logits">The mask.</param>
    /// <param name="points">The clicks, in original image pixels.</param>
    /// <param name="threshold">Where logits are cut.</param>
    /// <returns>The same logits when every click lies on its side; else a finer map of them.</returns>
    public static MaskLogits Apply(MaskLogits logits, IReadOnlyList<PromptPoint> points, double threshold)
    {
        if (!points.Any(point => IsWrong(logits, point, threshold)))
        {
            return logits;
        }

        var values = Refine(logits, out var fineness);
        var fine = new MaskLogits(values, logits.Width * fineness, logits.Height * fineness, logits.Frame);
        foreach (var point in points.Where(point => IsWrong(fine, point, threshold)))
        {
            Press(values, fine, point, Radius(fine, point, points, threshold, Reach * fineness), threshold);
        }

        return fine;
    }

    private static bool IsWrong(MaskLogits logits, PromptPoint point, double threshold) => AtPixel(logits, point) > threshold != point.IsPositive;

    private static float[] Refine(MaskLogits logits, out int fineness)
    {
        var frame = logits.Frame;
        var across = (double)frame.ImageSize.Width / frame.UsedSize.Width * frame.CanvasSize.Width / logits.Width; // pixels a cell
        var down = (double)frame.ImageSize.Height / frame.UsedSize.Height * frame.CanvasSize.Height / logits.Height;
        fineness = Math.Clamp((int)Math.Ceiling(Math.Max(across, down)), 1, MostFineness);
        var columns = BilinearAxis.Plan(logits.Width, logits.Width * fineness, logits.Width * fineness, lanes: 1);
        var rows = BilinearAxis.Plan(logits.Height, logits.Height * fineness, logits.Height * fineness, lanes: 1);
        var values = new float[columns.OutputSize * rows.OutputSize];
        for (var y = 0; y < rows.OutputSize; y++)
        {
            ReadOnlySpan<float> upper = Row(logits, rows.First[y]), lower = Row(logits, rows.Second(y));
            for (var x = 0; x < columns.OutputSize; x++)
            {
                var (left, right) = (columns.First[x], columns.Second(x));
                var above = (upper[left] * columns.FirstWeight[x]) + (upper[right] * columns.SecondWeight[x]);
                var below = (lower[left] * columns.FirstWeight[x]) + (lower[right] * columns.SecondWeight[x]);
                values[(y * columns.OutputSize) + x] = (above * rows.FirstWeight[y]) + (below * rows.SecondWeight[y]);
            }
        }

        return values;
    }

    private static ReadOnlySpan<float> Row(MaskLogits logits, int row) => logits.Values.Span.Slice(row * logits.Width, logits.Width);

    // As far as the nearest place on the click's own side, and a little further; not over clicks that say the opposite.
    private static double Radius(MaskLogits logits, PromptPoint point, IReadOnlyList<PromptPoint> points, double threshold, int reach)
    {
        var centre = PlaceOf(logits, point);
        double nearest = reach;
        foreach (var (x, y, distance) in Around(logits, centre, reach))
        {
            var isOwnSide = logits.Values.Span[(y * logits.Width) + x] > threshold == point.IsPositive;
            nearest = isOwnSide ? Math.Min(nearest, distance) : nearest;
        }

        var opposite = points.Where(other => other.IsPositive != point.IsPositive).Select(other => Distance(PlaceOf(logits, other), centre)).DefaultIfEmpty(double.PositiveInfinity).Min();
        return Math.Min((Excess * nearest) + 1, Math.Max(1, opposite / Excess));
    }

    private static void Press(float[] values, MaskLogits logits, PromptPoint point, double radius, double threshold)
    {
        var centre = PlaceOf(logits, point);
        var lift = Math.Abs(AtPixel(logits, point) - threshold) + Certainty;
        foreach (var (x, y, distance) in Around(logits, centre, radius))
        {
            var share = 1 - Math.Pow(distance / radius, 4);
            values[(y * logits.Width) + x] += (float)((point.IsPositive ? lift : -lift) * share);
        }
    }

    private static IEnumerable<(int X, int Y, double Distance)> Around(MaskLogits logits, (double X, double Y) centre, double radius) =>
        from y in Whole(centre.Y, radius, logits.Height)
        from x in Whole(centre.X, radius, logits.Width)
        let distance = Distance((x, y), centre)
        where distance < radius
        select (x, y, distance);

    private static IEnumerable<int> Whole(double middle, double radius, int count)
    {
        int first = Math.Max(0, (int)Math.Ceiling(middle - radius)), last = Math.Min(count - 1, (int)Math.Floor(middle + radius));
        return Enumerable.Range(first, Math.Max(0, last - first + 1));
    }

    private static double Distance((double X, double Y) one, (double X, double Y) other) => Math.Sqrt(Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2));

    private static float AtPixel(MaskLogits logits, PromptPoint point) => logits.At(point.PixelMiddle().X, point.PixelMiddle().Y);

    private static (double X, double Y) PlaceOf(MaskLogits logits, PromptPoint point) =>
        logits.Frame.ToCells(point.PixelMiddle().X, point.PixelMiddle().Y, new ImageSize(logits.Width, logits.Height));
}
