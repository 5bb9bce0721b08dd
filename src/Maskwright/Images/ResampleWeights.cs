namespace Maskwright.Images;

/// <summary>The fixed-point weights by which each output position of one axis is made of input positions.</summary>
/// <remarks>Follows Pillow's src/libImaging/Resample.c: double precision up to the rounding to 22 fractional bits.</remarks>
internal sealed class ResampleWeights
{
    /// <summary>Fractional bits of a weight: 32, less 8 of a sample, less 2 for filters that overshoot.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _weights;

    /// <summary>Works out the weights of one axis.</summary>
    /// <param name="inputLength">Pixels of the whole input axis.</param>
    /// <param name="from">Where the resized part starts, in input pixels.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="outputLength">Pixels of the output axis.</param>
    /// <param name="filter">Any filter but nearest.</param>
    public ResampleWeights(int inputLength, float from, float to, int outputLength, ResizeFilter filter)
    {
        var scale = (double)(to - from) / outputLength;
        var widening = Math.Max(scale, 1.0);
        var support = Support(filter) * widening;
        Stride = ((((int)Math.Ceiling(support) * 2) + 1) + 3) & ~3;
        _first = new int[outputLength];
        _count = new int[outputLength];
        _weights = new int[checked(outputLength * Stride)];
        var exact = new double[Stride];
        for (var i = 0; i < outputLength; i++)
        {
            var center = from + ((i + 0.5) * scale);
            var first = Math.Max((int)(center - support + 0.5), 0);
            var count = Math.Min((int)(center + support + 0.5), inputLength) - first;
            Fill(exact.AsSpan(0, count), first - center + 0.5, 1.0 / widening, filter);
            (_first[i], _count[i]) = (first, count);
            Round(exact.AsSpan(0, count), _weights.AsSpan(i * Stride));
        }
    }

    /// <summary>Weights kept for one output position: the largest number in use rounded up to a multiple of 4, the rest 0.</summary>
    public int Stride { get; }

    /// <summary>The number of output positions.</summary>
    public int OutputLength => _first.Length;

    /// <summary>The first input position of the whole output.</summary>
    public int Start => _first[0];

    /// <summary>One past the last input position of the whole output.</summary>
    public int End => _first[^1] + _count[^1];

    /// <summary>The first input position of an output position.</summary>
    public int First(int i) => _first[i];

    /// <summary>The number of input positions of an output position.</summary>
    public int Count(int i) => _count[i];

    /// <summary>The weights of an output position, one an input position from <see cref="First"/> on.</summary>
    public ReadOnlySpan<int> Of(int i) => _weights.AsSpan(i * Stride, _count[i]);

    /// <summary>The same weights, followed by zeros up to <see cref="Stride"/>.</summary>
    public ReadOnlySpan<int> PaddedOf(int i) => _weights.AsSpan(i * Stride, Stride);

    private static void Fill(Span<double> weights, double start, double step, ResizeFilter filter)
    {
        var sum = 0.0;
        for (var k = 0; k < weights.Length; k++)
        {
            weights[k] = Weight((k + start) * step, filter);
            sum += weights[k];
        }

        for (var k = 0; k < weights.Length && sum != 0; k++)
        {
            weights[k] /= sum;
        }
    }

    private static void Round(ReadOnlySpan<double> exact, Span<int> weights)
    {
        for (var k = 0; k < exact.Length; k++)
        {
            weights[k] = (int)((exact[k] < 0 ? -0.5 : 0.5) + (exact[k] * (1 << PrecisionBits)));
        }
    }

    private static double Support(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Box => 0.5,
        ResizeFilter.Bilinear or ResizeFilter.Hamming => 1,
        ResizeFilter.Bicubic => 2,
        ResizeFilter.Lanczos => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Not a filter with weights."),
    };

    private static double Weight(double x, ResizeFilter filter) => filter switch
    {
        ResizeFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
        ResizeFilter.Bilinear => Math.Max(0, 1 - Math.Abs(x)),
        ResizeFilter.Hamming => Math.Abs(x) >= 1 ? 0 : Sinc(x) * (0.54 + (0.46 * Math.Cos(x * Math.PI))),
        ResizeFilter.Bicubic => Cubic(Math.Abs(x)),
        _ => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
    };

    private static double Cubic(double x)
    {
        const double a = -0.5;
        return x < 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1
            : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * a
            : 0;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
