using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Torch;

/// <summary>RoIAlign: a cell of a region is the mean of bilinear samples, which is a weighted mean of rows, then one of columns.</summary>
/// <param name="operation">Cells, scale and sampling.</param>
/// <remarks>
/// Gradients flow to the features, not to the boxes, as in torchvision's <c>roi_align</c>. A slice of a map for every region would cost a whole map of gradient
/// each; where gradients are recorded <see cref="RegionSamples"/> computes the same.
/// </remarks>
internal sealed class RegionAlignment(RoiAlign operation)
{
    /// <summary>Features [B,C,H,W], boxes [R,4] and image numbers [R] to [R,C,h,w].</summary>
    public TorchTensor Align(TorchTensor features, TorchTensor boxes, TorchTensor images)
    {
        var corners = TorchTypes.FromTorch(boxes).Floats;
        var owners = TorchTypes.FromTorch(images).Integers;
        if (operation.SamplingRatio > 0 && features.requires_grad && torch.is_grad_enabled() && owners.Length > 0)
        {
            return new RegionSamples(operation, features.shape).Align(features, corners, owners);
        }

        var regions = owners.Select((owner, i) => Align(features.select(0, owner), corners.AsSpan(4 * i, 4))).ToArray();
        return regions.Length > 0 ? torch.stack(regions) : torch.zeros([0, features.shape[1], operation.Height, operation.Width], features.dtype, features.device);
    }

    private TorchTensor Align(TorchTensor map, ReadOnlySpan<float> box)
    {
        var rows = Weights(box[1], box[3], operation.Height, map.shape[1]);
        var columns = Weights(box[0], box[2], operation.Width, map.shape[2]);
        var part = map.narrow(1, rows.First, rows.Count).narrow(2, columns.First, columns.Count);
        return torch.matmul(rows.On(map), torch.matmul(part, columns.On(map).transpose(0, 1))); // [h,ny] [C,ny,nx] [nx,w] -> [C,h,w]
    }

    /// <summary>What each pixel of an axis adds to each cell of a region that reaches from one place to another.</summary>
    private AxisWeights Weights(float from, float to, int cells, long size)
    {
        var shift = operation.Aligned ? 0.5f : 0;
        var start = (float)((from * operation.SpatialScale) - shift);
        var extent = (float)((to * operation.SpatialScale) - shift) - start;
        var cell = (operation.Aligned ? extent : Math.Max(extent, 1)) / cells;
        var samples = operation.SamplingRatio > 0 ? operation.SamplingRatio : (int)Math.Ceiling(cell);
        var weights = new float[cells, size];
        for (var i = 0; i < cells * samples; i++)
        {
            var place = start + (i / samples * cell) + (((i % samples) + 0.5f) * cell / samples);
            AddSample(weights, i / samples, place, 1f / samples);
        }

        return AxisWeights.Of(weights);
    }

    // A sample more than one pixel outside counts nothing; nearer ones are drawn to the border.
    private static void AddSample(float[,] weights, int cell, float place, float share)
    {
        var last = weights.GetLength(1) - 1;
        if (place < -1 || place > last + 1)
        {
            return;
        }

        var inside = Math.Clamp(place, 0, last);
        var (low, high) = ((int)inside, Math.Min((int)inside + 1, last));
        weights[cell, low] += share * (1 - (inside - low));
        weights[cell, high] += share * (inside - low);
    }

    /// <summary>Weights [cells, n] of n pixels of an axis, from the first that counts to the last.</summary>
    private sealed record AxisWeights(long First, long Count, float[,] Numbers)
    {
        public static AxisWeights Of(float[,] all)
        {
            var counting = Enumerable.Range(0, all.GetLength(1)).Where(pixel => Enumerable.Range(0, all.GetLength(0)).Any(cell => all[cell, pixel] != 0)).ToArray();
            var (first, count) = counting.Length == 0 ? (0, 1) : (counting[0], counting[^1] - counting[0] + 1);
            var numbers = new float[all.GetLength(0), count];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i / count, i % count] = all[i / count, first + (i % count)];
            }

            return new AxisWeights(first, count, numbers);
        }

        public TorchTensor On(TorchTensor map) => torch.tensor(Numbers, map.dtype, map.device);
    }
}
