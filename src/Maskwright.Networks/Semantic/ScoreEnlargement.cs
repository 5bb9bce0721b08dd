using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Networks.Semantic;

/// <summary>The labels of an image from the class scores of a smaller or larger copy of it.</summary>
internal static class ScoreEnlargement
{
    /// <summary>Chooses for every pixel the class whose score, read between the copy's pixels, is greatest; of equal ones the first.</summary>
    /// <param name="scores">[K,h,w].</param>
    /// <param name="classes">K.</param>
    /// <param name="from">The copy's size, w and h.</param>
    /// <param name="to">The image's size.</param>
    /// <remarks>Where one class is greatest in all four neighbours it is so between them too, since what is read there is their weighted mean; most pixels need no more than that.</remarks>
    public static LabelMap Labels(float[] scores, int classes, ImageSize from, ImageSize to)
    {
        var (best, labels, plane) = (Best(scores, classes, (int)from.PixelCount), new int[to.PixelCount], (int)from.PixelCount);
        var (rows, columns) = (BilinearPlane.Axis(from.Height, to.Height), BilinearPlane.Axis(from.Width, to.Width));
        Parallel.For(0, to.Height, y =>
        {
            var (above, below, down) = (rows[y].First * from.Width, rows[y].Second * from.Width, rows[y].Share);
            for (var x = 0; x < to.Width; x++)
            {
                var (left, right, across) = columns[x];
                var first = best[above + left];
                var isClear = first == best[above + right] && first == best[below + left] && first == best[below + right];
                labels[(y * to.Width) + x] = isClear ? first : Greatest(above, below, left, right, down, across);
            }
        });
        return new LabelMap(to, labels);

        int Greatest(int above, int below, int left, int right, float down, float across)
        {
            var (greatest, label) = (float.NegativeInfinity, 0);
            for (var k = 0; k < classes; k++)
            {
                var of = scores.AsSpan(k * plane, plane);
                var upper = ((1 - across) * of[above + left]) + (across * of[above + right]);
                var lower = ((1 - across) * of[below + left]) + (across * of[below + right]);
                var score = ((1 - down) * upper) + (down * lower);
                (greatest, label) = score > greatest ? (score, k) : (greatest, label);
            }

            return label;
        }
    }

    private static int[] Best(float[] scores, int classes, int plane)
    {
        var best = new int[plane];
        for (var k = 1; k < classes; k++)
        {
            for (var i = 0; i < plane; i++)
            {
                best[i] = scores[(k * plane) + i] > scores[(best[i] * plane) + i] ? k : best[i];
            }
        }

        return best;
    }
}
