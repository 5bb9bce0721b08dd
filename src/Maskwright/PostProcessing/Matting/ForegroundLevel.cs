using Maskwright.Images;

namespace Maskwright.PostProcessing;

/// <summary>A smaller copy of an image with the colours estimated so far: six numbers a pixel, foreground and background.</summary>
internal sealed class ForegroundLevel
{
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _image;
    private readonly float[] _alpha;
    private readonly float[] _colors;

    private ForegroundLevel(RgbImage image, SoftMask alpha, int width, int height)
    {
        (_width, _height) = (width, height);
        (_image, _alpha, _colors) = (new float[width * height * 3], new float[width * height], new float[width * height * 6]);
        for (var i = 0; i < _alpha.Length; i++)
        {
            var from = (Source(i / width, height, image.Height) * image.Width) + Source(i % width, width, image.Width);
            _alpha[i] = alpha.Values[from];
            for (var c = 0; c < 3; c++)
            {
                _image[(3 * i) + c] = image.Pixels[(3 * from) + c] / 255f;
            }
        }
    }

    /// <summary>One pixel: the mean colours of what lies rather inside and rather outside.</summary>
    public static ForegroundLevel First(RgbImage image, SoftMask alpha)
    {
        var level = new ForegroundLevel(image, alpha, 1, 1);
        var (sums, counts) = (new double[6], new double[2]);
        for (var i = 0; i < alpha.Values.Length; i++)
        {
            var side = alpha.Values[i] > 0.9f ? 0 : alpha.Values[i] < 0.1f ? 1 : -1;
            for (var c = 0; side >= 0 && c < 3; c++)
            {
                sums[(3 * side) + c] += image.Pixels[(3 * i) + c] / 255.0;
            }

            counts[Math.Max(side, 0)] += side >= 0 ? 1 : 0;
        }

        for (var c = 0; c < 6; c++)
        {
            level._colors[c] = (float)(sums[c] / Math.Max(1, counts[c / 3]));
        }

        return level;
    }

    /// <summary>A level of another size that begins with this one's colours.</summary>
    public ForegroundLevel Enlarge(RgbImage image, SoftMask alpha, int width, int height)
    {
        var larger = new ForegroundLevel(image, alpha, width, height);
        for (var i = 0; i < larger._alpha.Length; i++)
        {
            var from = (Source(i / width, height, _height) * _width) + Source(i % width, width, _width);
            _colors.AsSpan(6 * from, 6).CopyTo(larger._colors.AsSpan(6 * i));
        }

        return larger;
    }

    /// <summary>Goes over all pixels several times; each takes the colours that suit itself and its neighbours best.</summary>
    public void Relax(ForegroundEstimationOptions options, int iterations)
    {
        for (var round = 0; round < iterations; round++)
        {
            for (var i = 0; i < _alpha.Length; i++)
            {
                Relax(i, options);
            }
        }
    }

    /// <summary>The colours as an image.</summary>
    public RgbImage ToImage(bool isForeground)
    {
        var pixels = new byte[_alpha.Length * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Round(255 * _colors[(6 * (i / 3)) + (i % 3) + (isForeground ? 0 : 3)]);
        }

        return new RgbImage(_width, _height, pixels);
    }

    private static int Source(int at, int from, int to) => (int)Math.Min(to - 1, (long)at * to / from);

    private void Relax(int i, ForegroundEstimationOptions options)
    {
        var (y, x) = Math.DivRem(i, _width);
        Span<float> sums = stackalloc float[6];
        sums.Clear();
        var weight = 0f;
        weight += x > 0 ? Add(i, i - 1, options, sums) : 0;
        weight += x + 1 < _width ? Add(i, i + 1, options, sums) : 0;
        weight += y > 0 ? Add(i, i - _width, options, sums) : 0;
        weight += y + 1 < _height ? Add(i, i + _width, options, sums) : 0;
        var (a, b) = (_alpha[i], 1 - _alpha[i]);
        var (aa, ab, bb) = ((a * a) + weight, a * b, (b * b) + weight);
        var determinant = (aa * bb) - (ab * ab);
        for (var c = 0; determinant > 0 && c < 3; c++)
        {
            var (f, g) = ((a * _image[(3 * i) + c]) + sums[c], (b * _image[(3 * i) + c]) + sums[3 + c]);
            _colors[(6 * i) + c] = Math.Clamp(((bb * f) - (ab * g)) / determinant, 0, 1);
            _colors[(6 * i) + 3 + c] = Math.Clamp(((aa * g) - (ab * f)) / determinant, 0, 1);
        }
    }

    private float Add(int i, int other, ForegroundEstimationOptions options, Span<float> sums)
    {
        var weight = options.Regularization + (options.GradientWeight * Math.Abs(_alpha[i] - _alpha[other]));
        for (var c = 0; c < 6; c++)
        {
            sums[c] += weight * _colors[(6 * other) + c];
        }

        return weight;
    }
}
