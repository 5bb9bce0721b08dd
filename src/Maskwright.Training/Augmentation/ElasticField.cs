using Maskwright.Training.Data;

namespace Maskwright.Training.Augmentation;

/// <summary>A smooth random shift of every pixel of a crop: vectors drawn on a coarse grid over the crop, cubic interpolation between them.</summary>
/// <remarks>
/// Ronneberger et al. 2015: a grid of 3 x 3, normal shifts of 10 pixels. The interpolation is that of Catmull and Rom 1974, which goes through the drawn vectors;
/// beyond the outermost of them the border's are repeated.
/// </remarks>
internal sealed class ElasticField
{
    private readonly int _side;
    private readonly float[] _across;
    private readonly float[] _down;

    private ElasticField(int side, float[] across, float[] down) => (_side, _across, _down) = (side, across, down);

    /// <summary>Draws a field.</summary>
    /// <param name="side">S, the crop's side.</param>
    /// <param name="knots">Vectors across and down, at least 2; the outermost lie on the crop's border.</param>
    /// <param name="deviation">Of each vector's two parts, in pixels.</param>
    /// <param name="random">Says which vectors.</param>
    public static ElasticField Draw(int side, int knots, double deviation, SampleRandom random)
    {
        var vectors = Enumerable.Range(0, knots * knots).Select(_ => (X: deviation * random.NextNormal(), Y: deviation * random.NextNormal())).ToList();
        return new ElasticField(side, Interpolated([.. vectors.Select(v => v.X)], knots, side), Interpolated([.. vectors.Select(v => v.Y)], knots, side));
    }

    /// <summary>How far the crop looks beside a pixel.</summary>
    /// <param name="x">Its column.</param>
    /// <param name="y">Its row.</param>
    /// <returns>In crop pixels, at the pixel's centre.</returns>
    public (double X, double Y) At(int x, int y) => (_across[(y * _side) + x], _down[(y * _side) + x]);

    private static float[] Interpolated(double[] values, int knots, int side)
    {
        var rows = new double[side * knots];
        var result = new float[side * side];
        for (var y = 0; y < side; y++)
        {
            for (var k = 0; k < knots; k++)
            {
                rows[(y * knots) + k] = Cubic(values, k, knots, knots, Place(y, knots, side));
            }

            for (var x = 0; x < side; x++)
            {
                result[(y * side) + x] = (float)Cubic(rows.AsSpan(y * knots, knots), 0, 1, knots, Place(x, knots, side));
            }
        }

        return result;
    }

    private static double Place(int pixel, int knots, int side) => (pixel + 0.5) / side * (knots - 1);

    private static double Cubic(ReadOnlySpan<double> values, int start, int stride, int knots, double place)
    {
        var first = Math.Min((int)place, knots - 2);
        var t = place - first;
        double a = At(values, first - 1), b = At(values, first), c = At(values, first + 1), d = At(values, first + 2);
        var (linear, square, cube) = (c - a, (2 * a) - (5 * b) + (4 * c) - d, (3 * (b - c)) + d - a);
        return b + (t * (linear + (t * (square + (t * cube)))) / 2);

        double At(ReadOnlySpan<double> all, int knot) => all[start + (stride * Math.Clamp(knot, 0, knots - 1))];
    }
}
