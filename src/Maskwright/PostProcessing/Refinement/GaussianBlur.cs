using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>Sums values around every pixel by nearness: columns, then rows, cut off at five standard deviations. Beyond the image's border is nothing.</summary>
internal sealed class GaussianBlur
{
    private readonly ImageSize _size;
    private readonly float[] _weights;
    private readonly float[] _row;
    private readonly float[] _between;

    public GaussianBlur(ImageSize size, float sigmaPixels)
    {
        _size = size;
        var radius = (int)Math.Min(Math.Ceiling(5.0 * sigmaPixels), size.LongestSide);
        _weights = [.. Enumerable.Range(0, radius + 1).Select(i => MathF.Exp(-0.5f * i * i / (sigmaPixels * sigmaPixels)))];
        (_row, _between) = (new float[size.Width + (2 * radius)], new float[size.PixelCount]);
    }

    /// <summary>Filters values; the kernel's centre weighs 1.</summary>
    /// <param name="values">[H,W] row by row.</param>
    /// <param name="filtered">[H,W] to fill; may be the same memory.</param>
    public void Filter(ReadOnlySpan<float> values, Span<float> filtered)
    {
        var (width, radius) = (_size.Width, _weights.Length - 1);
        Array.Clear(_between);
        for (var y = 0; y < _size.Height; y++)
        {
            var sum = _between.AsSpan(y * width, width);
            for (var from = Math.Max(0, y - radius); from <= Math.Min(_size.Height - 1, y + radius); from++)
            {
                AddScaled(values.Slice(from * width, width), _weights[Math.Abs(from - y)], sum);
            }
        }

        for (var y = 0; y < _size.Height; y++)
        {
            _between.AsSpan(y * width, width).CopyTo(_row.AsSpan(radius));
            var sum = filtered.Slice(y * width, width);
            sum.Clear();
            for (var shift = -radius; shift <= radius; shift++)
            {
                AddScaled(_row.AsSpan(radius + shift, width), _weights[Math.Abs(shift)], sum);
            }
        }
    }

    private static void AddScaled(ReadOnlySpan<float> values, float weight, Span<float> sum)
    {
        var (many, i) = (new System.Numerics.Vector<float>(weight), 0);
        for (; i + System.Numerics.Vector<float>.Count <= sum.Length; i += System.Numerics.Vector<float>.Count)
        {
            (new System.Numerics.Vector<float>(sum[i..]) + (many * new System.Numerics.Vector<float>(values[i..]))).CopyTo(sum[i..]);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] += weight * values[i];
        }
    }
}
