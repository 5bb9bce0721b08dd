using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Torch;

/// <content>Attention, by Torch's fused form.</content>
internal sealed partial class TorchLowering
{
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
        var bias = RelativeBias(q.unflatten(2, height, width), Low(node, x[1]), Low(node, x[2])); // [B,n,N,N]
        var scaled = q * (op.Scale * Math.Sqrt(q.shape[3])); // the fused form divides by the root again
        var mixed = torch.nn.functional.scaled_dot_product_attention(scaled, k, v, bias);
        return Together(mixed).unflatten(1, height, width); // -> [B,H,W,C]
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
        var places = torch.arange(side, device: table.device);
        var offsets = places.unsqueeze(1) - places.unsqueeze(0) + (side - 1);
        return table.index_select(0, offsets.flatten()).unflatten(0, side, side);
    }

    private static TorchTensor Together(TorchTensor heads) => heads.transpose(1, 2).flatten(2, 3); // [B,n,N,c] -> [B,N,C]
}
