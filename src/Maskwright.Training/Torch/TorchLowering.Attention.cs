using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Torch;

/// <content>Attention, by Torch's fused form.</content>
internal sealed partial class TorchLowering
{
    // Without gradients, heads of large maps are answered one after the other: 64 million logits take 256 MB.
    private const long MostLogits = 64_000_000;

    private TorchTensor Attend(Node node, MultiHeadAttention op, TorchTensor[] x)
    {
        var batch = Math.Max(x[0].shape[0], x[1].shape[0]);
        TorchTensor Heads(TorchTensor part) => Low(node, part).expand(batch, -1, -1).unflatten(2, op.Heads, -1).transpose(1, 2); // [B,N,C] -> [B,n,N,c]
        return Together(torch.nn.functional.scaled_dot_product_attention(Heads(x[0]), Heads(x[1]), Heads(x[2])));
    }

    private TorchTensor AttendBiased(Node node, BiasedSelfAttention op, TorchTensor[] x)
    {
        var heads = Low(node, x[0]).unflatten(2, op.Heads, 3L * op.HeadWidth).transpose(1, 2); // [B,N,n*3c] -> [B,n,N,3c]
        TorchTensor Part(int index) => heads.narrow(3, (long)index * op.HeadWidth, op.HeadWidth);
        return Together(torch.nn.functional.scaled_dot_product_attention(Part(0), Part(1), Part(2), Low(node, x[1]).unsqueeze(0)));
    }

    private TorchTensor AttendRelatively(Node node, RelativePositionSelfAttention op, TorchTensor[] x)
    {
        var (batch, height, width) = (x[0].shape[0], x[0].shape[1], x[0].shape[2]);
        var parts = Low(node, x[0]).reshape(batch, height * width, 3, op.Heads, -1).permute(2, 0, 3, 1, 4); // [B,H,W,3C] -> [3,B,n,N,c]
        var (q, k, v) = (parts.select(0, 0), parts.select(0, 1), parts.select(0, 2));
        var (rows, columns) = (Low(node, x[1]), Low(node, x[2]));
        var heads = torch.is_grad_enabled() ? op.Heads : Math.Max(1, Math.Min(op.Heads, (int)(MostLogits / (batch * height * width * height * width))));
        var mixed = Enumerable.Range(0, (op.Heads + heads - 1) / heads).Select(i =>
        {
            TorchTensor Part(TorchTensor all) => all.narrow(1, i * heads, Math.Min(heads, op.Heads - (i * heads)));
            return AttendRelatively(Part(q), Part(k), Part(v), (rows, columns), op.Scale, (height, width));
        }).ToArray();
        return Together(mixed.Length == 1 ? mixed[0] : torch.cat(mixed, 1)).unflatten(1, height, width); // -> [B,H,W,C]
    }

    private static TorchTensor AttendRelatively(TorchTensor q, TorchTensor k, TorchTensor v, (TorchTensor Rows, TorchTensor Columns) tables, double scale, (long Height, long Width) map)
    {
        using var scope = torch.NewDisposeScope();
        var bias = RelativeBias(q.unflatten(2, map.Height, map.Width), tables.Rows, tables.Columns); // [B,n,N,N]
        var scaled = q.mul(TorchNumber.Of(scale * Math.Sqrt(q.shape[3]))); // the fused form divides by the root again
        return torch.nn.functional.scaled_dot_product_attention(scaled, k, v, bias).MoveToOuterDisposeScope();
    }

    // q . Rh[yq - yk + H-1] + q . Rw[xq - xk + W-1] for every query and key; q is [B,n,H,W,c].
    private static TorchTensor RelativeBias(TorchTensor q, TorchTensor rowTable, TorchTensor columnTable)
    {
        var (height, width) = (q.shape[2], q.shape[3]);
        var rows = torch.matmul(q, RelativeTable(rowTable, height).transpose(1, 2)); // [B,n,H,W,c] [H,c,H] -> [B,n,H,W,H]
        var columns = torch.matmul(q.transpose(2, 3), RelativeTable(columnTable, width).transpose(1, 2)).transpose(2, 3); // -> [B,n,H,W,W]
        return (rows.unsqueeze(5) + columns.unsqueeze(4)).flatten(4, 5).flatten(2, 3); // -> [B,n,N,N]
    }

    // [2S-1,c] -> [S,S,c]: for every query place the rows of all key places.
    private static TorchTensor RelativeTable(TorchTensor table, long side)
    {
        var places = TorchNumber.Counted(side, table.device);
        var offsets = (places.unsqueeze(1) - places.unsqueeze(0)).add(TorchNumber.OfLabel(side - 1), TorchNumber.OfLabel(1));
        return table.index_select(0, offsets.flatten()).unflatten(0, side, side);
    }

    private static TorchTensor Together(TorchTensor heads) => heads.transpose(1, 2).flatten(2, 3); // [B,n,N,c] -> [B,N,C]
}
