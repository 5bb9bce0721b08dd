namespace Maskwright.PostProcessing;

/// <summary>A normal distribution of colours, summed up pixel by pixel.</summary>
internal struct ColorGaussian
{
    // The variance of an 8-bit channel's rounding and noise: no colour model is narrower.
    private const double MinVariance = 4;

    private double _count, _r, _g, _b, _rr, _rg, _rb, _gg, _gb, _bb;
    private double _meanR, _meanG, _meanB, _invRr, _invRg, _invRb, _invGg, _invGb, _invBb;

    /// <summary>The number of pixels.</summary>
    public readonly double Count => _count;

    /// <summary>The direction in which colours vary most, once finished, and the squared distances from the mean along it, summed.</summary>
    public (double R, double G, double B) Axis { get; private set; }

    /// <summary>Squared distances from the mean along <see cref="Axis"/>, summed over the pixels.</summary>
    public double Spread { get; private set; }

    /// <summary>What the logarithm of the density at the mean is, once finished.</summary>
    public double LogPeak { get; private set; }

    public void Add(byte r, byte g, byte b)
    {
        _count++;
        (_r, _g, _b) = (_r + r, _g + g, _b + b);
        (_rr, _rg, _rb) = (_rr + (r * r), _rg + (r * g), _rb + (r * b));
        (_gg, _gb, _bb) = (_gg + (g * g), _gb + (g * b), _bb + (b * b));
    }

    /// <summary>Closes the sums.</summary>
    public void Finish()
    {
        (_meanR, _meanG, _meanB) = (_r / _count, _g / _count, _b / _count);
        var (rr, gg, bb) = ((_rr / _count) - (_meanR * _meanR), (_gg / _count) - (_meanG * _meanG), (_bb / _count) - (_meanB * _meanB));
        var (rg, rb, gb) = ((_rg / _count) - (_meanR * _meanG), (_rb / _count) - (_meanR * _meanB), (_gb / _count) - (_meanG * _meanB));
        FindAxis(rr, rg, rb, gg, gb, bb);
        (rr, gg, bb) = (rr + MinVariance, gg + MinVariance, bb + MinVariance);
        var (c0, c1, c2) = ((gg * bb) - (gb * gb), (gb * rb) - (rg * bb), (rg * gb) - (gg * rb));
        var determinant = (rr * c0) + (rg * c1) + (rb * c2);
        (_invRr, _invRg, _invRb) = (c0 / determinant, c1 / determinant, c2 / determinant);
        (_invGg, _invGb, _invBb) = (((rr * bb) - (rb * rb)) / determinant, ((rg * rb) - (rr * gb)) / determinant, ((rr * gg) - (rg * rg)) / determinant);
        LogPeak = -0.5 * Math.Log(determinant);
    }

    /// <summary>The logarithm of the density, save for a constant.</summary>
    public readonly double LogDensity(byte red, byte green, byte blue)
    {
        var (r, g, b) = (red - _meanR, green - _meanG, blue - _meanB);
        return LogPeak - (0.5 * ((r * ((_invRr * r) + (2 * ((_invRg * g) + (_invRb * b))))) + (g * ((_invGg * g) + (2 * _invGb * b))) + (_invBb * b * b)));
    }

    /// <summary>Whether a colour lies beyond the mean along the axis.</summary>
    public readonly bool IsBeyond(byte r, byte g, byte b) => ((r - _meanR) * Axis.R) + ((g - _meanG) * Axis.G) + ((b - _meanB) * Axis.B) > 0;

    // The eigenvector of the largest eigenvalue, by repeated multiplication.
    private void FindAxis(double rr, double rg, double rb, double gg, double gb, double bb)
    {
        var (x, y, z, length) = (1.0, 1.001, 1.002, 0.0);
        for (var round = 0; round < 40; round++)
        {
            (x, y, z) = ((rr * x) + (rg * y) + (rb * z), (rg * x) + (gg * y) + (gb * z), (rb * x) + (gb * y) + (bb * z));
            length = Math.Sqrt((x * x) + (y * y) + (z * z));
            if (length < 1e-12)
            {
                return;
            }

            (x, y, z) = (x / length, y / length, z / length);
        }

        (Axis, Spread) = ((x, y, z), length * _count);
    }
}
