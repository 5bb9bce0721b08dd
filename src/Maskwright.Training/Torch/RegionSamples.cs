using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Torch;

/// <summary>RoIAlign as one lookup of pixels and one product with their weights, whose gradient is one addition into the map.</summary>
/// <param name="operation">Cells, scale and a fixed number of samples.</param>
/// <param name="shape">[B,C,H,W] of the features.</param>
internal sealed class RegionSamples(RoiAlign operation, long[] shape)
{
    private readonly int _perAxis = 2 * operation.SamplingRatio; // every sample lies between two pixels

    /// <summary>Features [B,C,H,W] and R boxes to [R,C,h,w].</summary>
    /// <param name="features">The maps.</param>
    /// <param name="corners">[R,4].</param>
    /// <param name="owners">[R] the image of each box.</param>
    public TorchTensor Align(TorchTensor features, float[] corners, long[] owners)
    {
        var (cells, samples) = (operation.Height * operation.Width, _perAxis * _perAxis);
        var (places, weights) = (new long[owners.Length * cells * samples], new float[owners.Length * cells * samples]);
        for (var r = 0; r < owners.Length; r++)
        {
            var rows = Axis(corners[(4 * r) + 1], corners[(4 * r) + 3], operation.Height, shape[2]);
            var columns = Axis(corners[4 * r], corners[(4 * r) + 2], operation.Width, shape[3]);
            Combine(rows, columns, owners[r] * shape[2], places.AsSpan(r * cells * samples), weights.AsSpan(r * cells * samples));
        }

        var pixels = features.permute(0, 2, 3, 1).reshape(-1, shape[1]); // [B,C,H,W] -> [BHW,C]
        var looked = pixels.index_select(0, torch.tensor(places, device: features.device)).unflatten(0, -1, samples); // [R*h*w,S,C]
        var share = TorchTypes.ToTorch(Tensor.Of(weights, weights.Length / samples, 1, samples), features.device).to_type(features.dtype);
        return torch.matmul(share, looked).reshape(owners.Length, operation.Height, operation.Width, shape[1]).permute(0, 3, 1, 2); // -> [R,C,h,w]
    }

    // The pixels and weights of every cell of an axis, in order.
    private (int Pixel, float Weight)[] Axis(float from, float to, int cells, long size)
    {
        var shift = operation.Aligned ? 0.5f : 0;
        var start = (float)((from * operation.SpatialScale) - shift);
        var extent = (float)((to * operation.SpatialScale) - shift) - start;
        var cell = (operation.Aligned ? extent : Math.Max(extent, 1)) / cells;
        var (samples, last) = (operation.SamplingRatio, (int)size - 1);
        var all = new (int, float)[cells * _perAxis];
        for (var i = 0; i < cells * samples; i++)
        {
            var place = start + (i / samples * cell) + (((i % samples) + 0.5f) * cell / samples);
            var share = place < -1 || place > last + 1 ? 0 : 1f / samples; // more than one pixel outside
            var inside = Math.Clamp(place, 0, last);
            var low = (int)inside;
            all[2 * i] = (low, share * (1 - (inside - low)));
            all[(2 * i) + 1] = (Math.Min(low + 1, last), share * (inside - low));
        }

        return all;
    }

    private void Combine((int Pixel, float Weight)[] rows, (int Pixel, float Weight)[] columns, long firstRow, Span<long> places, Span<float> weights)
    {
        var at = 0;
        for (var cell = 0; cell < operation.Height * operation.Width; cell++)
        {
            var (top, left) = (cell / operation.Width * _perAxis, cell % operation.Width * _perAxis);
            for (var s = 0; s < _perAxis * _perAxis; s++, at++)
            {
                var (row, column) = (rows[top + (s / _perAxis)], columns[left + (s % _perAxis)]);
                (places[at], weights[at]) = (((firstRow + row.Pixel) * shape[3]) + column.Pixel, row.Weight * column.Weight);
            }
        }
    }
}
