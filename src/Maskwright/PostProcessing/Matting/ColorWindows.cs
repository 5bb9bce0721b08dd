using Maskwright.Images;

namespace Maskwright.PostProcessing;

/// <summary>Square windows of an image in which a value is fitted as a linear function of the colour: <c>value = a . colour + b</c>.</summary>
internal sealed class ColorWindows
{
    private readonly BoxSum _box;
    private readonly double[] _count;
    private readonly double[][] _mean;
    private readonly double[][] _inverse;
    private readonly double[] _product;

    /// <summary>Measures the windows.</summary>
    /// <param name="image">The image; channels are taken in [0,1].</param>
    /// <param name="radius">A window measures <c>2 * radius + 1</c> across; it is clipped at the image's border.</param>
    /// <param name="epsilon">What is added to the variances, given the number of pixels in the window.</param>
    /// <param name="wholeOnly">Leaves out the windows that would be clipped.</param>
    public ColorWindows(RgbImage image, int radius, Func<double, double> epsilon, bool wholeOnly)
    {
        var length = checked((int)image.Size.PixelCount);
        _box = new BoxSum(image.Size, radius);
        Channels = [.. Enumerable.Range(0, 3).Select(c => Channel(image, c))];
        _product = new double[length];
        _count = Sum(Enumerable.Repeat(1.0, length).ToArray());
        _mean = [.. Channels.Select(channel => Divide(Sum(channel)))];
        _inverse = Enumerable.Range(0, 6).Select(_ => new double[length]).ToArray();
        Invert(epsilon);
        Coefficients = Enumerable.Range(0, 4).Select(_ => new double[length]).ToArray();
        IsUsed = [.. _count.Select(count => !wholeOnly || count == ((2.0 * radius) + 1) * ((2 * radius) + 1))];
    }

    /// <summary>[3][H,W] the image in [0,1].</summary>
    public double[][] Channels { get; }

    /// <summary>[4][H,W] what <see cref="Fit"/> found for the window around each pixel: a for red, green, blue, then b; 0 for windows left out.</summary>
    public double[][] Coefficients { get; }

    /// <summary>[H,W] whether the window around a pixel takes part.</summary>
    public bool[] IsUsed { get; }

    /// <summary>Fits values in every window.</summary>
    public void Fit(double[] values)
    {
        var mean = Coefficients[3];
        _box.Of(values, mean);
        for (var c = 0; c < 3; c++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                _product[i] = values[i] * Channels[c][i];
            }

            _box.Of(_product, Coefficients[c]);
        }

        for (var i = 0; i < values.Length; i++)
        {
            Solve(i);
        }
    }

    /// <summary>Sums over the window around every pixel.</summary>
    public double[] Sum(double[] values)
    {
        var sums = new double[values.Length];
        _box.Of(values, sums);
        return sums;
    }

    /// <summary>How far a pixel's colour lies from a window's, squared, in the window's own measure.</summary>
    public double Distance(int window, int pixel)
    {
        var (r, g, b) = (Channels[0][pixel] - _mean[0][window], Channels[1][pixel] - _mean[1][window], Channels[2][pixel] - _mean[2][window]);
        var (x, y, z) = Multiply(window, r, g, b);
        return (r * x) + (g * y) + (b * z);
    }

    private static double[] Channel(RgbImage image, int channel)
    {
        var values = new double[image.Size.PixelCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = image.Pixels[(3 * i) + channel] / 255.0;
        }

        return values;
    }

    private void Solve(int i)
    {
        if (!IsUsed[i])
        {
            (Coefficients[0][i], Coefficients[1][i], Coefficients[2][i], Coefficients[3][i]) = (0, 0, 0, 0);
            return;
        }

        var (count, mean) = (_count[i], Coefficients[3][i] / _count[i]);
        var (r, g, b) = (
            (Coefficients[0][i] / count) - (_mean[0][i] * mean),
            (Coefficients[1][i] / count) - (_mean[1][i] * mean),
            (Coefficients[2][i] / count) - (_mean[2][i] * mean));
        var (x, y, z) = Multiply(i, r, g, b);
        (Coefficients[0][i], Coefficients[1][i], Coefficients[2][i]) = (x, y, z);
        Coefficients[3][i] = mean - (x * _mean[0][i]) - (y * _mean[1][i]) - (z * _mean[2][i]);
    }

    private (double X, double Y, double Z) Multiply(int i, double r, double g, double b)
    {
        var (rr, rg, rb, gg, gb, bb) = (_inverse[0][i], _inverse[1][i], _inverse[2][i], _inverse[3][i], _inverse[4][i], _inverse[5][i]);
        return ((rr * r) + (rg * g) + (rb * b), (rg * r) + (gg * g) + (gb * b), (rb * r) + (gb * g) + (bb * b));
    }

    private double[] Divide(double[] sums)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] /= _count[i];
        }

        return sums;
    }

    private double[] Covariance(int first, int second)
    {
        for (var i = 0; i < _product.Length; i++)
        {
            _product[i] = Channels[first][i] * Channels[second][i];
        }

        var covariance = Divide(Sum(_product));
        for (var i = 0; i < covariance.Length; i++)
        {
            covariance[i] -= _mean[first][i] * _mean[second][i];
        }

        return covariance;
    }

    private void Invert(Func<double, double> epsilon)
    {
        double[][] covariance = [Covariance(0, 0), Covariance(0, 1), Covariance(0, 2), Covariance(1, 1), Covariance(1, 2), Covariance(2, 2)];
        for (var i = 0; i < _product.Length; i++)
        {
            var added = epsilon(_count[i]);
            var (rr, gg, bb) = (covariance[0][i] + added, covariance[3][i] + added, covariance[5][i] + added);
            var (rg, rb, gb) = (covariance[1][i], covariance[2][i], covariance[4][i]);
            var (c0, c1, c2) = ((gg * bb) - (gb * gb), (gb * rb) - (rg * bb), (rg * gb) - (gg * rb));
            var scale = 1 / ((rr * c0) + (rg * c1) + (rb * c2));
            (_inverse[0][i], _inverse[1][i], _inverse[2][i]) = (c0 * scale, c1 * scale, c2 * scale);
            (_inverse[3][i], _inverse[4][i], _inverse[5][i]) = (((rr * bb) - (rb * rb)) * scale, ((rg * rb) - (rr * gb)) * scale, ((rr * gg) - (rg * rg)) * scale);
        }
    }
}
