using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>Sums over squares, clipped to the image, in a time that does not depend on their size.</summary>
internal sealed class BoxSum(ImageSize size, int radius)
{
    private readonly double[] _columns = new double[size.Width];

    /// <summary>Fills the sum around every pixel.</summary>
    public void Of(ReadOnlySpan<double> values, Span<double> sums)
    {
        var (width, height) = (size.Width, size.Height);
        Array.Clear(_columns);
        for (var y = 0; y < Math.Min(radius, height); y++)
        {
            Add(values.Slice(y * width, width), 1);
        }

        for (var y = 0; y < height; y++)
        {
            if (y + radius < height)
            {
                Add(values.Slice((y + radius) * width, width), 1);
            }

            SumRow(sums.Slice(y * width, width));
            if (y - radius >= 0)
            {
                Add(values.Slice((y - radius) * width, width), -1);
            }
        }
    }

    private void Add(ReadOnlySpan<double> row, double sign)
    {
        var columns = _columns.AsSpan(0, row.Length);
        for (var x = 0; x < row.Length; x++)
        {
            columns[x] += sign * row[x];
        }
    }

    private void SumRow(Span<double> sums)
    {
        var sum = 0.0;
        for (var x = 0; x < Math.Min(radius, sums.Length); x++)
        {
            sum += _columns[x];
        }

        for (var x = 0; x < sums.Length; x++)
        {
            sum += x + radius < sums.Length ? _columns[x + radius] : 0;
            sums[x] = sum;
            sum -= x - radius >= 0 ? _columns[x - radius] : 0;
        }
    }
}
