using Maskwright.Geometry;

namespace Maskwright.Networks.Semantic;

/// <summary>Blends the scores of overlapping parts, holding only the rows that later parts can still change.</summary>
internal sealed class ScoreStrips
{
    private readonly int _classes;
    private readonly ImageSize _size;
    private readonly IScoreRows _result;
    private readonly float[] _rows;
    private readonly float[] _weightsDown;
    private readonly float[] _weightsAcross;

    /// <param name="classes">K.</param>
    /// <param name="size">The image's size.</param>
    /// <param name="options">How large parts are.</param>
    /// <param name="result">Takes rows that are finished, from the top.</param>
    public ScoreStrips(int classes, ImageSize size, ViewOptions options, IScoreRows result)
    {
        (_classes, _size, _result) = (classes, size, result);
        Tops = TilePlan.Starts(size.Height, options.TileSide, options.TileOverlap);
        Lefts = TilePlan.Starts(size.Width, options.TileSide, options.TileOverlap);
        _weightsDown = TilePlan.Weights(Math.Min(size.Height, options.TileSide), options.TileSide, options.TileOverlap);
        _weightsAcross = TilePlan.Weights(Math.Min(size.Width, options.TileSide), options.TileSide, options.TileOverlap);
        _rows = (long)classes * _weightsDown.Length * size.Width > Array.MaxLength
            ? throw new ArgumentException($"The scores of {classes} classes on {_weightsDown.Length} rows of {size.Width} pixels are too many: a smaller TileSide holds fewer rows.", nameof(options))
            : new float[(long)classes * _weightsDown.Length * size.Width];
    }

    /// <summary>First rows of the parts.</summary>
    public IReadOnlyList<int> Tops { get; }

    /// <summary>First columns of the parts.</summary>
    public IReadOnlyList<int> Lefts { get; }

    /// <summary>Adds the scores of a part of the present row of parts.</summary>
    /// <param name="scores">[K,h,w].</param>
    /// <param name="left">Its first column.</param>
    public void Add(float[] scores, int left)
    {
        var (height, width) = (_weightsDown.Length, _weightsAcross.Length);
        Parallel.For(0, _classes * height, row =>
        {
            var weight = _weightsDown[row % height];
            var to = _rows.AsSpan((row * _size.Width) + left, width);
            var from = scores.AsSpan(row * width, width);
            for (var x = 0; x < width; x++)
            {
                to[x] += weight * _weightsAcross[x] * from[x];
            }
        });
    }

    /// <summary>Gives away the rows that no later part reaches, and moves the others up.</summary>
    /// <param name="top">First row of the present row of parts.</param>
    public void FinishRows(int top)
    {
        var height = _weightsDown.Length;
        var next = Tops.Where(t => t > top).DefaultIfEmpty(_size.Height).Min();
        var done = Math.Min(next - top, height);
        _result.Take(top, done, _rows, height * _size.Width);
        for (var k = 0; k < _classes; k++)
        {
            var plane = _rows.AsSpan(k * height * _size.Width, height * _size.Width);
            plane[(done * _size.Width)..].CopyTo(plane);
            plane[((height - done) * _size.Width)..].Clear();
        }
    }
}
