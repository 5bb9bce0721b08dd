using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Networks.Semantic;

/// <summary>The class of the greatest score at every pixel; of equal ones the first.</summary>
internal sealed class LabelRows(int classes, ImageSize size) : IScoreRows
{
    private readonly int[] _labels = new int[size.PixelCount];

    /// <summary>The labels; whole once all rows were taken.</summary>
    public LabelMap Result => new(size, _labels);

    /// <inheritdoc/>
    public void Take(int top, int count, float[] scores, int plane) => Parallel.For(0, count, y =>
    {
        for (var x = 0; x < size.Width; x++)
        {
            _labels[((top + y) * size.Width) + x] = Best(scores, (y * size.Width) + x, plane);
        }
    });

    private int Best(float[] scores, int at, int plane)
    {
        var best = 0;
        for (var k = 1; k < classes; k++)
        {
            best = scores[(k * plane) + at] > scores[(best * plane) + at] ? k : best;
        }

        return best;
    }
}
