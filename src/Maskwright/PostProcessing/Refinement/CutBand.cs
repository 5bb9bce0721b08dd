using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The pixels along a mask's border that may change sides, with what they and their neighbours cost.</summary>
internal sealed class CutBand
{
    private const double Unit = 1000; // costs in thousandths of a nat
    private const float MinPrior = 0.01f;

    private static readonly (int X, int Y)[] _forward = [(1, 0), (-1, 1), (0, 1), (1, 1)];

    private readonly RgbImage _image;
    private readonly GrabCutOptions _options;
    private readonly int[] _pixels;
    private readonly int[] _nodeOf;
    private readonly float[] _prior;
    private readonly List<int> _near = [];
    private readonly double _contrast;

    public CutBand(RgbImage image, SoftMask prior, BinaryMask start, GrabCutOptions options)
    {
        (_image, _options, Result) = (image, options, start);
        var distances = DistanceTransform.Signed(start);
        var band = new List<int>();
        _nodeOf = new int[distances.Length];
        for (var i = 0; i < distances.Length; i++)
        {
            var away = Math.Abs(distances[i]);
            _nodeOf[i] = away <= options.BandPixels ? band.Count : -1;
            if (away <= options.BandPixels)
            {
                band.Add(i);
            }

            if (away <= options.BandPixels * options.ReachBands)
            {
                _near.Add(i);
            }
        }

        _pixels = [.. band];
        _prior = [.. band.Select(i => Math.Clamp(prior.Values[i], MinPrior, 1 - MinPrior) is var p ? MathF.Log(p / (1 - p)) : 0)];
        _contrast = Contrast();
    }

    /// <summary>The mask as it is after the rounds so far.</summary>
    public BinaryMask Result { get; private set; }

    /// <summary>Learns colours from the mask as it is, and cuts anew; false when nothing changed or one side has no pixels to learn from.</summary>
    public bool Cut()
    {
        int[] inside = [.. _near.Where(i => Result[i % _image.Width, i / _image.Width])];
        int[] outside = [.. _near.Where(i => !Result[i % _image.Width, i / _image.Width])];
        if (inside.Length == 0 || outside.Length == 0)
        {
            return false;
        }

        var insideColors = ColorMixture.Fit(_image.Pixels, inside, _options.Components, rounds: 2);
        var outsideColors = ColorMixture.Fit(_image.Pixels, outside, _options.Components, rounds: 2);
        var flow = new MaximumFlow(_pixels.Length, 4 * _pixels.Length);
        for (var node = 0; node < _pixels.Length; node++)
        {
            AddPixel(flow, node, insideColors, outsideColors);
        }

        flow.Solve();
        return Take(flow);
    }

    private void AddPixel(MaximumFlow flow, int node, ColorMixture inside, ColorMixture outside)
    {
        var pixel = _pixels[node];
        var color = _image.Pixels.Slice(3 * pixel, 3);
        var evidence = inside.LogDensity(color[0], color[1], color[2]) - outside.LogDensity(color[0], color[1], color[2]);
        evidence = Math.Clamp(evidence, -_options.MaxColorEvidence, _options.MaxColorEvidence);
        Pull(flow, node, (_options.ColorWeight * evidence) + (_options.PriorWeight * _prior[node]));
        var (y, x) = Math.DivRem(pixel, _image.Width);
        foreach (var (dx, dy) in _forward)
        {
            Join(flow, node, x + dx, y + dy, isForward: true);
            Join(flow, node, x - dx, y - dy, isForward: false);
        }
    }

    private static void Pull(MaximumFlow flow, int node, double inside)
    {
        var cost = (int)Math.Round(Unit * Math.Abs(inside));
        flow.AddTerminal(node, inside > 0 ? cost : 0, inside > 0 ? 0 : cost);
    }

    private void Join(MaximumFlow flow, int node, int x, int y, bool isForward)
    {
        if ((uint)x >= (uint)_image.Width || (uint)y >= (uint)_image.Height)
        {
            return;
        }

        var (one, other) = (_pixels[node], (y * _image.Width) + x);
        var away = one / _image.Width != y && one % _image.Width != x ? Math.Sqrt(2) : 1;
        var cost = (int)Math.Round(Unit * _options.Smoothness / away * Math.Exp(-_contrast * Difference(one, other)));
        if (_nodeOf[other] < 0)
        {
            flow.AddTerminal(node, Result[x, y] ? cost : 0, Result[x, y] ? 0 : cost);
        }
        else if (isForward)
        {
            flow.AddEdge(node, _nodeOf[other], cost);
        }
    }

    private bool Take(MaximumFlow flow)
    {
        var taken = Result.Clone();
        for (var node = 0; node < _pixels.Length; node++)
        {
            taken[_pixels[node] % _image.Width, _pixels[node] / _image.Width] = flow.IsOnSourceSide(node);
        }

        var isChanged = !taken.Equals(Result);
        Result = taken;
        return isChanged;
    }

    // One over twice the mean squared difference of neighbours near the border.
    private double Contrast()
    {
        var (sum, count) = (0.0, 0L);
        foreach (var pixel in _near)
        {
            var (y, x) = Math.DivRem(pixel, _image.Width);
            foreach (var (dx, dy) in _forward)
            {
                if ((uint)(x + dx) < (uint)_image.Width && y + dy < _image.Height)
                {
                    sum += Difference(pixel, pixel + (dy * _image.Width) + dx);
                    count++;
                }
            }
        }

        return sum > 0 ? count / (2 * sum) : 0;
    }

    private int Difference(int one, int other)
    {
        ReadOnlySpan<byte> a = _image.Pixels.Slice(3 * one, 3), b = _image.Pixels.Slice(3 * other, 3);
        var (r, g, blue) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        return (r * r) + (g * g) + (blue * blue);
    }
}
