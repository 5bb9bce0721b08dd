using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs.Onnx;

/// <content>Windows and attention, from primitives or by a kernel of this house.</content>
internal sealed partial class OnnxLowering
{
    private string WriteWindowPartition(Node node, WindowPartition op)
    {
        if (_fusion?.Covers(node) == true)
        {
            return Name(node.Inputs[0]);
        }

        var x = node.Inputs[0].Shape;
        var (height, width, channels, s) = (x[1].Size!.Value, x[2].Size!.Value, x[3].Size!.Value, op.WindowSize); // checked when the node was built
        var (down, across) = ((height + s - 1) / s, (width + s - 1) / s);
        var padded = Name(node.Inputs[0]);
        if (down * s != height || across * s != width)
        {
            padded = Emit("Pad", $"{node.Name}/pad", [padded, Integers($"{node.Name}/pads", 0, 0, 0, 0, 0, (down * s) - height, (across * s) - width, 0)]);
        }

        var cut = EmitReshape(padded, $"{node.Name}/cut", -1, down, s, across, s, channels);
        var ordered = EmitTranspose(cut, $"{node.Name}/order", 0, 1, 3, 2, 4, 5);
        return EmitReshape(ordered, node.Name, -1, s, s, channels);
    }

    private string WriteWindowUnpartition(Node node, WindowUnpartition op)
    {
        if (_fusion?.Covers(node) == true)
        {
            return Name(node.Inputs[0]);
        }

        var (s, channels) = (node.Inputs[0].Shape[1].Size!.Value, node.Inputs[0].Shape[3].Size!.Value);
        var (down, across) = ((op.Height + s - 1) / s, (op.Width + s - 1) / s);
        var cut = EmitReshape(Name(node.Inputs[0]), $"{node.Name}/windows", -1, down, across, s, s, channels);
        var ordered = EmitTranspose(cut, $"{node.Name}/order", 0, 1, 3, 2, 4, 5);
        var map = EmitReshape(ordered, $"{node.Name}/map", -1, down * s, across * s, channels);
        return down * s == op.Height && across * s == op.Width ? map : EmitSlice(map, node.Name, [1, 2], [0, 0], [op.Height, op.Width]);
    }

    private string WriteMultiHeadAttention(Node node, MultiHeadAttention op)
    {
        if (_fusion is not null)
        {
            return EmitIn(KernelDomain, "MultiHeadAttention", node.Name, Names(node), ("heads", (long)op.Heads));
        }

        var channels = node.Inputs[0].Shape[2].Size!.Value; // checked when the node was built
        var width = channels / op.Heads;
        string Heads(int input, string part, params long[] order)
        {
            var apart = EmitReshape(Name(node.Inputs[input]), $"{node.Name}/{part}/heads", 0, 0, op.Heads, width);
            return EmitTranspose(apart, $"{node.Name}/{part}", order);
        }

        var (queries, keys, values) = (Heads(0, "q", 0, 2, 1, 3), Heads(1, "k", 0, 2, 3, 1), Heads(2, "v", 0, 2, 1, 3));
        var scaled = Emit("Mul", $"{node.Name}/scaled", [queries, Scalar($"{node.Name}/scale", 1 / Math.Sqrt(width))]);
        var logits = Emit("MatMul", $"{node.Name}/logits", [scaled, keys]);
        var weights = Emit("Softmax", $"{node.Name}/weights", [logits], ("axis", -1L));
        var mixed = Emit("MatMul", $"{node.Name}/mixed", [weights, values]);
        var together = EmitTranspose(mixed, $"{node.Name}/together", 0, 2, 1, 3);
        return EmitReshape(together, node.Name, 0, 0, channels);
    }

    private string WriteRelativePositionAttention(Node node, RelativePositionSelfAttention op)
    {
        if (_fusion is null)
        {
            return WritePlainRelativePositionAttention(node, op);
        }

        var window = _fusion.WindowOf(node);
        string[] inputs = [.. Names(node), window?.Bias is { } bias ? Name(bias) : Zeros(node)];
        return EmitIn(
            KernelDomain,
            "RelativePositionAttention",
            node.Name,
            inputs,
            ("heads", (long)op.Heads),
            ("scale", (float)op.Scale),
            ("window", (long)(window?.Size ?? 0)));
    }

    private string Zeros(Node node) => AddConstant($"{node.Name}/no_bias", new byte[node.Inputs[0].Shape[3].Size!.Value * sizeof(float)], ElementType.Float32, [node.Inputs[0].Shape[3].Size!.Value]);

    // Shapes: n = heads, c = channels of a head, N = H*W; at most four axes, since some runtimes err beyond.
    private string WritePlainRelativePositionAttention(Node node, RelativePositionSelfAttention op)
    {
        var x = node.Inputs[0].Shape;
        var (height, width) = (x[1].Size!.Value, x[2].Size!.Value); // checked when the node was built
        long heads = op.Heads, channels = x[3].Size!.Value / 3, c = channels / heads, tokens = height * width;
        string Part(int index, string part)
        {
            var slice = EmitSlice(Name(node.Inputs[0]), $"{node.Name}/{part}/slice", [3], [index * channels], [(index + 1) * channels]);
            var apart = EmitReshape(slice, $"{node.Name}/{part}/heads", -1, tokens, heads, c);
            var ordered = EmitTranspose(apart, $"{node.Name}/{part}/order", 0, 2, 1, 3);
            return EmitReshape(ordered, $"{node.Name}/{part}", -1, tokens, c); // [B*n,N,c]
        }

        var (q, k, v) = (Part(0, "q"), Part(1, "k"), Part(2, "v"));
        var scaled = Emit("Mul", $"{node.Name}/scaled", [q, Scalar($"{node.Name}/scale", op.Scale)]);
        var logits = Emit("MatMul", $"{node.Name}/products", [scaled, EmitTranspose(k, $"{node.Name}/k_t", 0, 2, 1)]);
        var map = EmitReshape(logits, $"{node.Name}/map", -1, tokens, height, width);
        map = Emit("Add", $"{node.Name}/with_rows", [map, RowTerm(node, q, height, width, c)]);
        map = Emit("Add", $"{node.Name}/with_columns", [map, ColumnTerm(node, q, height, width, c)]);
        var weights = Emit("Softmax", $"{node.Name}/weights", [EmitReshape(map, $"{node.Name}/logits", -1, tokens, tokens)], ("axis", -1L));
        var mixed = Emit("MatMul", $"{node.Name}/mixed", [weights, v]);
        var apart = EmitReshape(mixed, $"{node.Name}/apart", -1, heads, tokens, c);
        return EmitReshape(EmitTranspose(apart, $"{node.Name}/together", 0, 2, 1, 3), node.Name, -1, height, width, channels);
    }

    private string RowTerm(Node node, string q, long height, long width, long c)
    {
        var table = RelativeTable(node, 1, "rows", height); // [H,c,H]
        var queries = EmitReshape(q, $"{node.Name}/rows/q", -1, height, width, c);
        var term = Emit("MatMul", $"{node.Name}/rows/term", [queries, table]); // [B*n,H,W,H]
        return EmitReshape(term, $"{node.Name}/rows", -1, height * width, height, 1);
    }

    private string ColumnTerm(Node node, string q, long height, long width, long c)
    {
        var table = RelativeTable(node, 2, "columns", width); // [W,c,W]
        var queries = EmitTranspose(EmitReshape(q, $"{node.Name}/columns/q", -1, height, width, c), $"{node.Name}/columns/q_t", 0, 2, 1, 3);
        var term = Emit("MatMul", $"{node.Name}/columns/term_t", [queries, table]); // [B*n,W,H,W]
        return EmitReshape(EmitTranspose(term, $"{node.Name}/columns/term", 0, 2, 1, 3), $"{node.Name}/columns", -1, height * width, 1, width);
    }

    private string RelativeTable(Node node, int input, string part, long side)
    {
        var indices = new long[side * side];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = (i / side) - (i % side) + side - 1;
        }

        var flat = Emit("Gather", $"{node.Name}/{part}/flat", [Name(node.Inputs[input]), Integers($"{node.Name}/{part}/index", indices)]);
        var table = EmitReshape(flat, $"{node.Name}/{part}/table", side, side, -1);
        return EmitTranspose(table, $"{node.Name}/{part}/table_t", 0, 2, 1);
    }

    private string WriteBiasedAttention(Node node, BiasedSelfAttention op)
    {
        if (_fusion is not null)
        {
            var keysFirst = EmitTranspose(Name(node.Inputs[1]), $"{node.Name}/bias", 0, 2, 1);
            return EmitIn(KernelDomain, "BiasedSelfAttention", node.Name, [Name(node.Inputs[0]), keysFirst], ("heads", (long)op.Heads));
        }

        var tokens = node.Inputs[0].Shape[1].Size ?? 0;
        var apart = EmitReshape(Name(node.Inputs[0]), $"{node.Name}/heads", -1, tokens, op.Heads, 3L * op.HeadWidth);
        string Part(int index, string part, params long[] order)
        {
            var slice = EmitSlice(apart, $"{node.Name}/{part}/slice", [3], [index * op.HeadWidth], [(index + 1) * op.HeadWidth]);
            return EmitTranspose(slice, $"{node.Name}/{part}", order);
        }

        var (q, k, v) = (Part(0, "q", 0, 2, 1, 3), Part(1, "k", 0, 2, 3, 1), Part(2, "v", 0, 2, 1, 3));
        var scaled = Emit("Mul", $"{node.Name}/scaled", [q, Scalar($"{node.Name}/scale", 1 / Math.Sqrt(op.HeadWidth))]);
        var logits = Emit("Add", $"{node.Name}/logits", [Emit("MatMul", $"{node.Name}/products", [scaled, k]), Name(node.Inputs[1])]);
        var weights = Emit("Softmax", $"{node.Name}/weights", [logits], ("axis", -1L));
        var mixed = EmitTranspose(Emit("MatMul", $"{node.Name}/mixed", [weights, v]), $"{node.Name}/together", 0, 2, 1, 3);
        return EmitReshape(mixed, node.Name, -1, tokens, (long)op.Heads * op.HeadWidth);
    }
}
