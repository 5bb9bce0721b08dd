using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.PostProcessing;

/// <summary>The matting Laplacian of one part of an image, and the system to be solved with it.</summary>
internal sealed class MattingProblem
{
    private readonly ColorWindows _windows;
    private readonly ClosedFormMattingOptions _options;
    private readonly PixelRect _part;
    private readonly bool[] _isUnknown;
    private readonly double[] _cover;
    private readonly double[] _diagonal;

    public MattingProblem(RgbImage part, Trimap trimap, PixelRect place, ClosedFormMattingOptions options)
    {
        (_options, _part) = (options, place);
        _windows = new ColorWindows(part, options.RadiusPixels, count => options.Epsilon / count, wholeOnly: true);
        _isUnknown = [.. Enumerable.Range(0, _windows.IsUsed.Length).Select(i => trimap.Unknown[place.X + (i % place.Width), place.Y + (i / place.Width)])];
        _cover = _windows.Sum(Array.ConvertAll(_windows.IsUsed, used => used ? 1.0 : 0));
        _diagonal = [.. Enumerable.Range(0, _isUnknown.Length).Select(i => _isUnknown[i] ? Diagonal(i) : 1)];
    }

    /// <summary>Solves for the unknown pixels, the known ones being fixed.</summary>
    /// <param name="alpha">[H,W] of the whole image: what is known.</param>
    /// <param name="stride">The whole image's width.</param>
    /// <param name="cancellation">Looked at in every round.</param>
    public double[] Solve(float[] alpha, int stride, CancellationToken cancellation)
    {
        var x = new double[_isUnknown.Length];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = _isUnknown[i] ? 0.5 : alpha[((_part.Y + (i / _part.Width)) * stride) + _part.X + (i % _part.Width)];
        }

        var product = new double[x.Length];
        Multiply(x, product);
        double[] residual = [.. product.Select(value => -value)];
        double[] direction = [.. residual.Select((value, i) => value / _diagonal[i])];
        var energy = Dot(residual, direction);
        var goal = energy * _options.RelativeTolerance * _options.RelativeTolerance;
        for (var round = 0; round < _options.MaxIterations && energy > goal && energy > 0; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            Multiply(direction, product);
            var curvature = Dot(direction, product);
            if (curvature <= 0)
            {
                break;
            }

            var (step, before) = (energy / curvature, energy);
            energy = 0;
            for (var i = 0; i < x.Length; i++)
            {
                x[i] += step * direction[i];
                residual[i] -= step * product[i];
                energy += residual[i] * residual[i] / _diagonal[i];
            }

            for (var i = 0; i < x.Length; i++)
            {
                direction[i] = (residual[i] / _diagonal[i]) + (energy / before * direction[i]);
            }
        }

        return x;
    }

    /// <summary>The Laplacian times values, at the unknown pixels; 0 elsewhere.</summary>
    internal void Multiply(double[] values, double[] product)
    {
        _windows.Fit(values);
        var sums = Array.ConvertAll(_windows.Coefficients, _windows.Sum);
        for (var i = 0; i < values.Length; i++)
        {
            var fitted = (sums[0][i] * _windows.Channels[0][i]) + (sums[1][i] * _windows.Channels[1][i]) + (sums[2][i] * _windows.Channels[2][i]) + sums[3][i];
            product[i] = _isUnknown[i] ? (_cover[i] * values[i]) - fitted : 0;
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    // At a corner of the image where no whole window lies, the pixel stands alone: any positive number will do.
    private double Diagonal(int pixel)
    {
        var (radius, width, height) = (_options.RadiusPixels, _part.Width, _part.Height);
        var (px, py, sum, count) = (pixel % width, pixel / width, 0.0, ((2.0 * radius) + 1) * ((2 * radius) + 1));
        for (var y = Math.Max(0, py - radius); y <= Math.Min(height - 1, py + radius); y++)
        {
            for (var x = Math.Max(0, px - radius); x <= Math.Min(width - 1, px + radius); x++)
            {
                var window = (y * width) + x;
                sum += _windows.IsUsed[window] ? 1 - ((1 + _windows.Distance(window, pixel)) / count) : 0;
            }
        }

        return sum > 1e-9 ? sum : 1e-9;
    }
}
