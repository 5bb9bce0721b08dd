using Maskwright.Images;

namespace Maskwright.PostProcessing;

/// <summary>
/// Refines soft masks by an image: a conditional random field in which every pixel is joined to every other, the more the nearer and the more alike in colour
/// they are. Made once for an image, then used for any number of its masks.
/// </summary>
/// <remarks>
/// Krähenbühl and Koltun 2011, "Efficient inference in fully connected CRFs with Gaussian edge potentials": two labels, Potts model, appearance and smoothness
/// kernel, mean field. Each kernel is divided by the roots of its sums at both pixels, and a pixel's own term is left in the sums, as the authors' code has it.
/// The appearance kernel is filtered on a permutohedral lattice, the smoothness kernel by rows and columns. Not for several threads at once.
/// </remarks>
public sealed class FullyConnectedCrf
{
    private readonly FullyConnectedCrfOptions _options;
    private readonly Kernel[] _kernels;

    /// <summary>Prepares an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public FullyConnectedCrf(RgbImage image, FullyConnectedCrfOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        _options = options ?? new FullyConnectedCrfOptions();
        _options.Check();
        Size = image.Size;
        var count = checked((int)image.Size.PixelCount);
        var lattice = new PermutohedralLattice(AppearanceFeatures(image, _options), 5);
        var blur = new GaussianBlur(image.Size, _options.SmoothnessSigmaPixels);
        _kernels =
        [
            new Kernel(count, _options.AppearanceWeight, values => lattice.Filter(values, values)),
            new Kernel(count, _options.SmoothnessWeight, values => blur.Filter(values, values)),
        ];
    }

    /// <summary>The image's width and height in pixels.</summary>
    public Geometry.ImageSize Size { get; }

    /// <summary>Refines a mask.</summary>
    /// <param name="mask">What is believed so far, of the image's size; not changed.</param>
    /// <param name="cancellation">Looked at in every round.</param>
    /// <returns>The probability of every pixel to belong to the object.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public SoftMask Refine(SoftMask mask, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Size != Size)
        {
            throw new ArgumentException($"The image is {Size}, but the mask {mask.Size}.", nameof(mask));
        }

        var belief = Logits(mask, _options.MaxConfidence);
        var probabilities = Array.ConvertAll(belief, Sigmoid);
        var logits = new float[belief.Length];
        for (var round = 0; round < _options.Iterations; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            belief.CopyTo(logits, 0);
            foreach (var kernel in _kernels)
            {
                kernel.AddMessages(probabilities, logits);
            }

            for (var i = 0; i < logits.Length; i++)
            {
                probabilities[i] = Sigmoid(logits[i]);
            }
        }

        return new SoftMask(Size, probabilities);
    }

    /// <summary>The specification of <see cref="Refine"/>: every pixel hears every other, without lattice and cut-off.</summary>
    internal static SoftMask RefineScalar(RgbImage image, SoftMask mask, FullyConnectedCrfOptions options)
    {
        var appearance = new PairKernel(AppearanceFeatures(image, options), 5);
        var smoothness = new PairKernel(PositionFeatures(image.Size, options.SmoothnessSigmaPixels), 2);
        var belief = Logits(mask, options.MaxConfidence);
        var probabilities = Array.ConvertAll(belief, Sigmoid);
        for (var round = 0; round < options.Iterations; round++)
        {
            var signs = Array.ConvertAll(probabilities, q => (2 * q) - 1);
            probabilities = [.. Enumerable.Range(0, belief.Length).Select(i => Sigmoid(
                (float)(belief[i] + (options.AppearanceWeight * appearance.Message(i, signs)) + (options.SmoothnessWeight * smoothness.Message(i, signs)))))];
        }

        return new SoftMask(mask.Size, probabilities);
    }

    private static float[] Logits(SoftMask mask, float maxConfidence) =>
        Array.ConvertAll(mask.Values.ToArray(), value => Math.Clamp(value, 1 - maxConfidence, maxConfidence) is var p ? MathF.Log(p / (1 - p)) : 0);

    private static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));

    // [H*W,5]: column, row, red, green, blue, each in standard deviations.
    private static float[] AppearanceFeatures(RgbImage image, FullyConnectedCrfOptions options)
    {
        var features = new float[5 * image.Size.PixelCount];
        for (int i = 0, pixel = 0; i < features.Length; i += 5, pixel++)
        {
            var (y, x) = Math.DivRem(pixel, image.Width);
            (features[i], features[i + 1]) = (x / options.AppearanceSigmaPixels, y / options.AppearanceSigmaPixels);
            for (var c = 0; c < 3; c++)
            {
                features[i + 2 + c] = image.Pixels[(3 * pixel) + c] / options.ColorSigma;
            }
        }

        return features;
    }

    private static float[] PositionFeatures(Geometry.ImageSize size, float sigma) =>
        [.. Enumerable.Range(0, (int)size.PixelCount).SelectMany(i => new[] { i % size.Width / sigma, i / size.Width / sigma })];

    /// <summary>A kernel that is applied by filtering.</summary>
    private sealed class Kernel
    {
        private readonly Action<float[]> _filter;
        private readonly float[] _norms;
        private readonly float[] _values;
        private readonly float _weight;

        public Kernel(int count, float weight, Action<float[]> filter)
        {
            (_filter, _weight, _values, _norms) = (filter, weight, new float[count], new float[count]);
            Array.Fill(_norms, 1);
            filter(_norms);
            for (var i = 0; i < count; i++)
            {
                _norms[i] = 1 / MathF.Sqrt(Math.Max(_norms[i], 1e-20f));
            }
        }

        public void AddMessages(float[] probabilities, float[] logits)
        {
            for (var i = 0; i < _values.Length; i++)
            {
                _values[i] = ((2 * probabilities[i]) - 1) * _norms[i];
            }

            _filter(_values);
            for (var i = 0; i < _values.Length; i++)
            {
                logits[i] += _weight * _norms[i] * _values[i];
            }
        }
    }

    /// <summary>A kernel that is applied pair by pair.</summary>
    private sealed class PairKernel
    {
        private readonly float[] _features;
        private readonly int _dimensions;
        private readonly double[] _norms;

        public PairKernel(float[] features, int dimensions)
        {
            (_features, _dimensions) = (features, dimensions);
            var count = features.Length / dimensions;
            _norms = [.. Enumerable.Range(0, count).Select(i => 1 / Math.Sqrt(Enumerable.Range(0, count).Sum(j => Nearness(i, j))))];
        }

        public double Message(int i, float[] signs)
        {
            var sum = 0.0;
            for (var j = 0; j < signs.Length; j++)
            {
                sum += Nearness(i, j) * _norms[j] * signs[j];
            }

            return sum * _norms[i];
        }

        private double Nearness(int i, int j)
        {
            var squares = 0.0;
            for (var d = 0; d < _dimensions; d++)
            {
                var away = _features[(i * _dimensions) + d] - _features[(j * _dimensions) + d];
                squares += away * away;
            }

            return Math.Exp(-0.5 * squares);
        }
    }
}
