using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>Draws prompts as maps over the cells of one stride.</summary>
/// <remarks>Bells and boxes are products of a function of the row and one of the column, so that no map of single points is ever made.</remarks>
internal sealed class SeedlingDrawing
{
    private readonly GraphBuilder _g;
    private readonly SeedlingPrompts _prompts;
    private readonly Value _columns;
    private readonly Value _rows;
    private readonly int _stride;

    /// <param name="g">In any scope.</param>
    /// <param name="prompts">What to draw.</param>
    /// <param name="map">Any map of the stride, [..,h,w].</param>
    /// <param name="stride">Pixels between cells.</param>
    public SeedlingDrawing(GraphBuilder g, SeedlingPrompts prompts, Value map, int stride)
    {
        (_g, _prompts, _stride) = (g, prompts, stride);
        _columns = Centres(map, -1);
        _rows = Centres(map, -2);
    }

    /// <summary>Bells around the clicks, those on the object and those beside it: [P,2,h,w] in [0,1].</summary>
    /// <param name="deviation">Standard deviation in pixels.</param>
    public Value Clicks(double deviation)
    {
        var rows = _g.Multiply(Bells(_prompts.Y, _rows, deviation), _prompts.Clicks); // [P,2,N,h]
        var sum = _g.MatMul(_g.Transpose(rows, 0, 1, 3, 2), Bells(_prompts.X, _columns, deviation)); // [P,2,h,w]
        return AtMostOne(sum);
    }

    /// <summary>For every point the weights of the cells around it, of sum 1: [P,N,h*w].</summary>
    /// <param name="deviation">Standard deviation in pixels.</param>
    public Value Surroundings(double deviation)
    {
        var (prompts, count) = (_prompts.X.Shape[0], _prompts.X.Shape[2]);
        var (height, width) = (_rows.Shape[0], _columns.Shape[0]);
        var rows = _g.Reshape(Shares(Bells(_prompts.Y, _rows, deviation)), prompts, count, height, 1);
        var columns = _g.Reshape(Shares(Bells(_prompts.X, _columns, deviation)), prompts, count, 1, width);
        return _g.Reshape(_g.Multiply(rows, columns), prompts, count, height.Times(width));
    }

    /// <summary>1 inside the box, 0 outside, a slope of about a cell between: [P,1,h,w].</summary>
    public Value Box() => _g.Multiply(_prompts.HasBox, Outer(Between(_rows, _prompts.Top, _prompts.Bottom), Between(_columns, _prompts.Left, _prompts.Right)));

    /// <summary>A bell of the box's own size around its centre: [P,1,h,w].</summary>
    public Value BoxCentre() => _g.Multiply(_prompts.HasBox, Outer(Hill(_rows, _prompts.Top, _prompts.Bottom), Hill(_columns, _prompts.Left, _prompts.Right)));

    private Value Centres(Value map, int axis) => _g.Multiply(_g.Add(_g.Positions(map, axis), 0.5), _stride);

    // [P,1,N,1] and [w] to [P,1,N,w].
    private Value Bells(Value points, Value cells, double deviation)
    {
        var distance = _g.Subtract(cells, points);
        return _g.Exp(_g.Multiply(_g.Multiply(distance, distance), -0.5 / (deviation * deviation)));
    }

    private Value Shares(Value weights) => _g.Divide(weights, _g.Add(_g.Sum(weights, [-1]), 1e-6));

    private Value Outer(Value rows, Value columns) => _g.Multiply(_g.Transpose(rows, 0, 1, 3, 2), columns);

    private Value Between(Value cells, Value from, Value to)
    {
        Value Slope(Value distance) => _g.Sigmoid(_g.Multiply(distance, 4.0 / _stride));
        return _g.Multiply(Slope(_g.Subtract(cells, from)), Slope(_g.Subtract(to, cells))); // [P,1,1,w]
    }

    private Value Hill(Value cells, Value from, Value to)
    {
        var half = _g.Add(_g.Multiply(_g.Subtract(to, from), 0.5), 1.0); // a box of no width is no division by zero
        var offset = _g.Divide(_g.Subtract(cells, _g.Multiply(_g.Add(from, to), 0.5)), half);
        return _g.Exp(_g.Multiply(_g.Multiply(offset, offset), -1.0));
    }

    private Value AtMostOne(Value x) => _g.Minimum(x, _g.Number(1));
}
