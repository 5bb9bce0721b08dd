using Maskwright.Geometry;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Semantic;

/// <summary>The share of every class in the scores of a pixel.</summary>
internal sealed class ProbabilityRows : IScoreRows
{
    private readonly IReadOnlyList<string> _classNames;
    private readonly ImageSize _size;
    private readonly float[] _planes;

    public ProbabilityRows(IReadOnlyList<string> classNames, ImageSize size)
    {
        (_classNames, _size) = (classNames, size);
        _planes = classNames.Count * size.PixelCount <= Array.MaxLength
            ? new float[classNames.Count * size.PixelCount]
            : throw new ArgumentException($"The probabilities of {classNames.Count} classes on {size} are more than an array holds: look at the image in parts.", nameof(size));
    }

    /// <summary>The probabilities; whole once all rows were taken.</summary>
    public ClassProbabilities Result => new(_size, _classNames, _planes);

    /// <inheritdoc/>
    public void Take(int top, int count, float[] scores, int plane) => Parallel.For(0, count, y =>
    {
        for (var x = 0; x < _size.Width; x++)
        {
            Share(scores, (y * _size.Width) + x, plane, ((top + y) * _size.Width) + x);
        }
    });

    private void Share(float[] scores, int from, int plane, int to)
    {
        var sum = 0f;
        for (var k = 0; k < _classNames.Count; k++)
        {
            sum += scores[(k * plane) + from];
        }

        for (var k = 0; k < _classNames.Count; k++)
        {
            _planes[(k * (int)_size.PixelCount) + to] = scores[(k * plane) + from] / sum;
        }
    }
}
